import QRCode from 'qrcode';
import { useDeferredValue, useMemo } from 'react';
import styles from './qr.module.css';

export interface QrProps {
  readonly text: string;
  /** What it gives to those who scan it; a code without a caption is a riddle. */
  readonly caption: string;
  readonly size?: 'large' | 'small';
}

/**
 * A QR code with its caption. Never mirrored, whatever the direction of the language. Its modules come in a frame of their
 * own: to find them takes longer than to draw a page, and nobody scans a page before reading it.
 */
export function Qr({ text, caption, size = 'small' }: QrProps) {
  const drawn = useDeferredValue(text, '');
  const { path, modules } = useMemo(() => qrPath(drawn), [drawn]);
  return (
    <figure className={`${styles.qr} ${styles[size]}`} dir="ltr">
      <svg
        viewBox={`-2 -2 ${modules + 4} ${modules + 4}`}
        shapeRendering="crispEdges"
        role="img"
        aria-label={caption}
      >
        <path d={path} />
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

/** Dark modules as one path; long texts take the lowest error correction, so that modules stay large. */
function qrPath(text: string): { path: string; modules: number } {
  if (text === '') return { path: '', modules: 0 };
  const { modules } = QRCode.create(text, { errorCorrectionLevel: text.length > 120 ? 'L' : 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { path, modules: modules.size };
}
