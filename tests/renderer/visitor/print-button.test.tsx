import { PrinterIcon } from '@phosphor-icons/react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { type FakeAnswers, never } from '../../../src/renderer/gallery/fake-station.ts';
import { PrintButton } from '../../../src/renderer/visitor/pages/print-button.tsx';
import { draw } from '../draw.tsx';

const ready: FakeAnswers['papers.printer'] = async () => ({ state: 'ready' });

async function button(answers: FakeAnswers): Promise<HTMLButtonElement> {
  await draw(
    <PrintButton
      label="打印空白表"
      icon={PrinterIcon}
      paper={{ type: 'form-sample', id: 'form-sample.x', filled: false }}
    />,
    { answers },
  );
  return screen.getByRole<HTMLButtonElement>('button', { name: '打印空白表' });
}

async function touched(answers: FakeAnswers): Promise<HTMLButtonElement> {
  const target = await button(answers);
  await waitFor(() => expect(target.disabled).toBe(false));
  await userEvent.click(target);
  return target;
}

const says = (text: string) =>
  waitFor(() => expect(screen.getByRole('status').textContent).toBe(text));

describe('a print button', () => {
  it('cannot be touched while the printer is not known', async () => {
    expect((await button({ 'papers.printer': never })).disabled).toBe(true);
    await says('');
  });

  it('says before the touch that there is no printer', async () => {
    const target = await button({ 'papers.printer': async () => ({ state: 'none' }) });
    await says('本机没有接打印机，请用手机带走，或请工作人员帮忙。');
    expect(target.disabled).toBe(true);
  });

  it('says before the touch that the printer cannot be reached', async () => {
    const target = await button({ 'papers.printer': async () => ({ state: 'unreachable' }) });
    await says('打印机现在连不上，请用手机带走，或请工作人员帮忙。');
    expect(target.disabled).toBe(true);
  });

  it('cannot be touched again while a paper is on its way', async () => {
    const target = await touched({ 'papers.printer': ready, 'papers.print': never });
    await says('正在送去打印…');
    expect(target.disabled).toBe(true);
  });

  it('says where the paper comes out', async () => {
    const print = vi.fn(async () => ({ jobId: '1' }));
    await touched({ 'papers.printer': ready, 'papers.print': print });
    await says('已送去打印，请在出纸口取纸。');
    expect(print).toHaveBeenCalledOnce();
  });

  it('says why a paper was not taken, and can be touched again', async () => {
    const sentences = {
      'no-printer': '本机没有接打印机。',
      'printer-failed': '没有打印成功，请用手机带走。',
      busy: '请稍等一会儿再打印。',
    } as const;
    for (const [kind, sentence] of Object.entries(sentences)) {
      const failure = new StationError(kind as keyof typeof sentences);
      const target = await touched({
        'papers.printer': ready,
        'papers.print': () => Promise.reject(failure),
      });
      await says(sentence);
      expect(target.disabled).toBe(false);
      document.body.replaceChildren();
    }
  });
});
