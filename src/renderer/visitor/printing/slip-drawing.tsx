import { createElement, type ReactNode } from 'react';
import type { PictureNode, SlipPicture } from '#shared/printing/slip-picture.ts';
import styles from './slip-drawing.module.css';

export interface SlipDrawingProps {
  readonly picture: SlipPicture;
  /** What it is, for those who do not see it; what stands on it follows. */
  readonly label: string;
}

const LARGE = 4;

/** A slip as it looks on paper, drawn with the page's own letters. Never mirrored: the paper is not. */
export function SlipDrawing({ picture, label }: SlipDrawingProps) {
  return (
    <figure className={styles.paper} data-slip dir="ltr" lang="zh-CN">
      <svg
        viewBox={`0 0 ${picture.width} ${picture.height}`}
        // Larger than any screen shows it: it is always the style that limits, and the shape is kept.
        width={picture.width * LARGE}
        height={picture.height * LARGE}
        role="img"
        aria-label={label}
      >
        <desc>{picture.lines.join('\n')}</desc>
        {picture.nodes.map(drawn)}
      </svg>
    </figure>
  );
}

function drawn(node: PictureNode, at: number): ReactNode {
  const attributes = Object.fromEntries(
    Object.entries(node.attributes).map(([name, value]) => [reactName(name), value]),
  );
  return createElement(
    node.tag,
    { ...attributes, key: at },
    node.text,
    ...node.children.map(drawn),
  );
}

/** `stroke-width` is `strokeWidth` in React. */
function reactName(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
