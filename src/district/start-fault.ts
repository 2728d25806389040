/** A start that failed for a reason outside the program; the message is the one sentence for the technician. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}
