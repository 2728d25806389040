/** What a ticket's QR code says, on paper and on the screen: plain text that a phone keeps without any network. */
export function ticketCode(ticket: {
  readonly station: string;
  readonly day: string;
  readonly number: string;
  readonly line: string;
}): string {
  return `${ticket.station} ${ticket.day} ${ticket.number} ${ticket.line}`;
}
