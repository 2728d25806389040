import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '../../../src/renderer/i18n/i18n.ts';
import { ErrorBoundary } from '../../../src/renderer/ui/error-boundary.tsx';

startI18n();

let isBroken = true;
function Page() {
  if (isBroken) throw new TypeError('secret detail');
  return <p>the page</p>;
}

describe('a page that cannot be drawn', () => {
  // React reports a caught fault on the console; that is not what is tested here.
  beforeEach(() => vi.spyOn(console, 'error').mockImplementation(() => {}));
  afterEach(() => vi.restoreAllMocks());

  it('shows a plain sentence without the fault itself, and can be tried again', async () => {
    isBroken = true;
    render(
      <ErrorBoundary>
        <Page />
      </ErrorBoundary>,
    );
    expect(screen.getByRole('alert').textContent).toContain('12348');
    expect(document.body.textContent).not.toContain('secret detail');
    isBroken = false;
    await userEvent.click(screen.getByRole('button'));
    expect(screen.getByText('the page')).toBeTruthy();
  });
});
