import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { jobStateSchema } from '#shared/printing/print-job.ts';
import { ticketPrinterStateSchema } from '#shared/printing/printer-state.ts';
import type { SlipPicture } from '#shared/printing/slip-picture.ts';
import { PaperCallout } from '../../../../src/renderer/visitor/printing/paper-callout.tsx';
import { PrinterCallout } from '../../../../src/renderer/visitor/printing/printer-callout.tsx';
import { SlipDrawing } from '../../../../src/renderer/visitor/printing/slip-drawing.tsx';
import { draw } from '../../draw.tsx';

const PICTURE: SlipPicture = {
  width: 384,
  height: 60,
  lines: ['A012', '办理业务：法律援助'],
  nodes: [
    {
      tag: 'g',
      attributes: { transform: 'translate(0,60)', 'text-anchor': 'middle' },
      children: [
        {
          tag: 'text',
          attributes: {},
          children: [{ tag: 'tspan', attributes: { x: '12' }, text: '号', children: [] }],
        },
      ],
    },
  ],
};

describe('what is said of the printer before a number is taken', () => {
  it('nothing when it is ready', async () => {
    await draw(<PrinterCallout state="ready" />);
    expect(screen.queryByRole('note')).toBeNull();
  });

  it.each(ticketPrinterStateSchema.options.filter((state) => state !== 'ready'))(
    'a sentence when it is %s, in Chinese and in English',
    async (state) => {
      await draw(<PrinterCallout state={state} />);
      expect(screen.getByRole('note').textContent).toMatch(/[。]$/);
      document.body.replaceChildren();
      await draw(<PrinterCallout state={state} />, { session: { language: 'en' } });
      expect(screen.getByRole('note').textContent).toMatch(/^[A-Z][^。]+\.$/);
    },
  );

  it('without paper it says that the number is just as valid', async () => {
    await draw(<PrinterCallout state="paper-out" />);
    expect(screen.getByRole('note').textContent).toContain('缺纸');
    expect(screen.getByRole('note').textContent).toContain('一样有效');
  });
});

describe('what is said of the paper afterwards', () => {
  it.each(jobStateSchema.options)('a sentence when the job is %s', async (state) => {
    await draw(<PaperCallout job={{ state, reason: '' }} />);
    expect(screen.getByRole('note').textContent).not.toBe('');
  });

  it('a job that waits for paper says that the number is kept', async () => {
    await draw(<PaperCallout job={{ state: 'queued', reason: 'paper-out' }} />);
    expect(screen.getByRole('note').textContent).toContain('号码已经保留');
  });

  it('another printer that stands in is named', async () => {
    await draw(<PaperCallout job={{ state: 'printed', reason: '' }} elsewhere="备用机" />);
    expect(screen.getByRole('note').textContent).toBe('号码单由“备用机”打印，请到那里取。');
  });

  it('never says that paper came where nobody can know', async () => {
    await draw(<PaperCallout job={{ state: 'printed', reason: 'handed-over' }} />);
    expect(screen.getByRole('note').textContent).toContain('没有出来也不要紧');
  });

  it.each(jobStateSchema.options)(
    'no sentence promises a copy without its button: %s',
    async (state) => {
      for (const reason of ['', 'handed-over', 'no-answer'] as const) {
        document.body.replaceChildren();
        await draw(<PaperCallout job={{ state, reason }} />);
        expect(screen.getByRole('note').textContent).not.toContain('补打');
      }
    },
  );
});

it('a slip is drawn with elements of the page, and named for those who do not see it', async () => {
  await draw(<SlipDrawing picture={PICTURE} label="号码单 A012" />);
  const drawing = screen.getByRole('img', { name: '号码单 A012' });
  expect(drawing.getAttribute('viewBox')).toBe('0 0 384 60');
  expect(drawing.querySelector('g')?.getAttribute('text-anchor')).toBe('middle');
  expect(drawing.querySelector('g')?.textContent).toBe('号');
  expect(drawing.querySelector('desc')?.textContent).toBe('A012\n办理业务：法律援助');
});
