/** What pages ask by themselves, again and again, while nobody sits there. */
const UNATTENDED: ReadonlySet<string> = new Set([
  'staff.session',
  'staff.resume',
  'desk.view',
  'desk.statistics',
  'tickets.printers',
  'tickets.open',
  'lan.status',
  'lan.devices',
  'queueTerminals.overview',
  'enrolment.view',
  'machine.stick',
]);
/** Groups of which the same is true. */
const UNATTENDED_GROUPS: ReadonlySet<string> = new Set(['system', 'hall', 'hallVoice']);

/** Whether a call may have been made by the page alone: such a call keeps no log-in alive. */
export function isUnattended(path: readonly string[]): boolean {
  return UNATTENDED_GROUPS.has(path[0] ?? '') || UNATTENDED.has(path.join('.'));
}
