/** Works through a list on as many lanes as the least machine has cores; each lane has a helper of its own. */
export async function inLanes<Item, Helper extends { close(): Promise<void> }>(
  items: readonly Item[],
  open: () => Promise<Helper>,
  work: (item: Item, helper: Helper) => Promise<void>,
  lanes = 2,
): Promise<void> {
  const waiting = [...items];
  const lane = async () => {
    const helper = await open();
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await work(next, helper);
    } finally {
      await helper.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
