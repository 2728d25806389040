/** What a technician types before a command: npm from the sources, a program of its own where it is installed. */
export const CALL = process.env.KIOSK_COMMAND ?? 'npm run kiosk --';
