/** Whether a priority group goes forward in a line: a group without lines of its own does in every one. */
export function priorityHolds(
  group: { readonly lines?: readonly string[] | undefined },
  line: string,
): boolean {
  return group.lines === undefined || group.lines.includes(line);
}
