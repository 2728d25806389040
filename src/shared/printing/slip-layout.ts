import { z } from 'zod';
import type { LineRole } from './slip.ts';

/** Roll paper by its width in millimetres. */
export const slipPaperSchema = z.enum(['58', '80']);
export type SlipPaper = z.infer<typeof slipPaperSchema>;

interface PaperRule {
  /** Letters of 12 dots that fit beside each other, at 203 dots an inch. */
  readonly columns: number;
  /** How wide a QR code may become, in dots: 30 mm is read from where people stand. */
  readonly qrDots: number;
  /** Columns kept for the labels of pairs. */
  readonly labelColumns: number;
}

export const SLIP_PAPERS: Readonly<Record<SlipPaper, PaperRule>> = {
  '58': { columns: 32, qrDots: 240, labelColumns: 10 },
  '80': { columns: 48, qrDots: 264, labelColumns: 12 },
};

interface LineStyle {
  readonly align: 'start' | 'centre';
  readonly strong: boolean;
  /** `tall`: twice as high; `largest`: as many times as the text fits, six at most. */
  readonly size: 'normal' | 'tall' | 'double' | 'largest';
  readonly inverse: boolean;
}

/** How each line looks, on paper and on the screen. */
export const LINE_STYLES: Readonly<Record<LineRole, LineStyle>> = {
  title: { align: 'centre', strong: true, size: 'tall', inverse: false },
  number: { align: 'centre', strong: true, size: 'largest', inverse: false },
  heading: { align: 'start', strong: true, size: 'normal', inverse: false },
  plain: { align: 'start', strong: false, size: 'normal', inverse: false },
  note: { align: 'centre', strong: false, size: 'normal', inverse: false },
  mark: { align: 'centre', strong: true, size: 'double', inverse: true },
};

/** The printer's letters grow six times at most that receiptline can say. */
export const LARGEST = 6;
