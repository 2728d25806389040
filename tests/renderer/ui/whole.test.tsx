import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startI18n } from '../../../src/renderer/i18n/i18n.ts';
import { Waiting } from '../../../src/renderer/ui/reading.tsx';
import { useOnItsWay, Whole } from '../../../src/renderer/ui/whole.tsx';

/** What stands on a page: parts that are there, and parts that wait. */
interface PageParts {
  readonly list?: 'waits' | 'holds a part that waits' | 'is there';
  readonly isStateUnknown?: boolean;
}

function State({ isUnknown }: { readonly isUnknown: boolean }) {
  useOnItsWay(isUnknown);
  return <p>{isUnknown ? '' : '打印机可用'}</p>;
}

function Page({ list = 'is there', isStateUnknown = false }: PageParts) {
  return (
    <Whole>
      <h2>学法</h2>
      {list === 'waits' ? <Waiting /> : <section>{list !== 'is there' && <Waiting />}</section>}
      <State isUnknown={isStateUnknown} />
    </Whole>
  );
}

const isOpening = () =>
  screen.getByRole('heading').closest('[data-opening]')?.getAttribute('data-opening') === 'true';

/** Draws a page, and gives what draws it again with other parts. */
function open(parts: PageParts) {
  const { rerender } = render(<Page {...parts} />);
  return (next: PageParts) => rerender(<Page {...next} />);
}

beforeAll(() => void startI18n());
afterEach(cleanup);

describe('what opens', () => {
  it('is shown at once when nothing of it is on its way', () => {
    open({});
    expect(isOpening()).toBe(false);
  });

  it('is held back until its last part is there', () => {
    const becomes = open({ list: 'waits', isStateUnknown: true });
    expect(isOpening()).toBe(true);
    becomes({ list: 'is there', isStateUnknown: true });
    expect(isOpening()).toBe(true);
    becomes({});
    expect(isOpening()).toBe(false);
  });

  it('is held back by a part that waits within one that just came', () => {
    const becomes = open({ list: 'waits' });
    becomes({ list: 'holds a part that waits' });
    expect(isOpening()).toBe(true);
    becomes({});
    expect(isOpening()).toBe(false);
  });

  it('stays shown, whatever is asked for on it later', () => {
    const becomes = open({});
    becomes({ list: 'waits', isStateUnknown: true });
    expect(isOpening()).toBe(false);
  });
});
