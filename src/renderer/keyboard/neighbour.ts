/** The key that an arrow leads to: the nearest in that direction; undefined at the edge. */
export function neighbour(
  board: HTMLElement | null,
  from: HTMLElement | undefined,
  arrow: string,
): HTMLElement | undefined {
  if (board === null || from === undefined) return undefined;
  const here = from.getBoundingClientRect();
  const x = here.left + here.width / 2;
  const y = here.top + here.height / 2;
  const found = [...board.querySelectorAll<HTMLElement>('button:not([disabled])')]
    .filter((key) => key !== from)
    .map((key) => {
      const box = key.getBoundingClientRect();
      return { key, across: box.left + box.width / 2 - x, down: box.top + box.height / 2 - y };
    })
    .filter(({ across, down }) => isThere(arrow, across, down, here))
    .map(({ key, across, down }) => ({ key, far: distance(arrow, across, down) }))
    .sort((a, b) => a.far - b.far);
  return found[0]?.key;
}

function isThere(arrow: string, across: number, down: number, here: DOMRect): boolean {
  if (arrow === 'ArrowUp') return down < -here.height / 2;
  if (arrow === 'ArrowDown') return down > here.height / 2;
  if (Math.abs(down) > here.height / 2) return false;
  return arrow === 'ArrowLeft' ? across < 0 : across > 0;
}

/** What lies aside of the direction counts less than what lies along it: the next row comes before the one after. */
function distance(arrow: string, across: number, down: number): number {
  const isVertical = arrow === 'ArrowUp' || arrow === 'ArrowDown';
  return isVertical ? Math.abs(down) * 4 + Math.abs(across) : Math.abs(across);
}
