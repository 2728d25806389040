/** Up to so many deletions are everyday work. */
const FEW = 20;
/** The share of a division's records that may go without a person's word. */
const SHARE = 0.3;

/**
 * Whether deletions are so many that only a person can have meant them: an emptied or mistaken server looks just like a
 * district that deletes all its content (sync-and-search: joplin #3846, #5553, #11295).
 * How many there were `before` is asked only where it matters: to count them goes through all.
 */
export function isMassDeletion(before: () => number, deleted: number): boolean {
  return deleted > FEW && deleted > before() * SHARE;
}
