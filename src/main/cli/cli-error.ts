/** A fault that a technician can do something about; its message is the one sentence that is printed. */
export class CliError extends Error {}
