import { ArrowRightIcon } from '@phosphor-icons/react';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceBody } from '#shared/content/kinds/service.ts';
import { afterPaint } from './after-paint.ts';
import styles from './flow-chart.module.css';
import { type FlowLayout, layOutFlow, type Size } from './flow-layout.ts';

type Flow = ServiceBody['steps'];

/**
 * The steps of a guide as a flow chart. The boxes are ordinary text, so that it grows, wraps and is read aloud; only
 * the arrows are drawn. Boxes are measured and laid out (dagre) once the page is painted, because that takes longer than
 * all the rest of a guide. Where letters are so large that branches do
 * not fit side by side, the steps stand below each other and say where each branch leads.
 */
export function FlowChart({ flow, label }: { readonly flow: Flow; readonly label: string }) {
  const { t } = useTranslation();
  const chart = useRef<HTMLElement>(null);
  const { layout, density } = useFlowLayout(chart, flow);
  return (
    <figure
      className={`${styles.chart} ${styles[density] ?? ''}`}
      ref={chart}
      aria-label={label}
      style={layout ? boxStyle(layout) : roomStyle(flow, density)}
      data-laid-out={layout !== undefined || density === 'list'}
    >
      {layout && <Arrows layout={layout} />}
      <ol className={styles.nodes}>
        {flow.nodes.map((node) => (
          <li
            key={node.id}
            data-node={node.id}
            className={`${styles.node} ${styles[node.kind]}`}
            style={placeStyle(layout?.nodes.get(node.id))}
          >
            <span className={styles.actor}>{t(`guide.${node.actor}`)}</span>
            <span className={styles.title}>{node.title}</span>
            {node.detail !== undefined && <span className={styles.detail}>{node.detail}</span>}
            {density === 'list' && <Branches flow={flow} from={node.id} />}
          </li>
        ))}
      </ol>
      {density !== 'list' &&
        flow.edges.map((edge) =>
          edge.when === undefined ? null : (
            <span
              key={`${edge.from}>${edge.to}`}
              data-edge={`${edge.from}>${edge.to}`}
              className={styles.when}
              style={placeStyle(layout?.labels.get(`${edge.from}>${edge.to}`))}
            >
              {edge.when}
            </span>
          ),
        )}
    </figure>
  );
}

/** Where a step leads, in words. */
function Branches({ flow, from }: { readonly flow: Flow; readonly from: string }) {
  return flow.edges
    .filter((edge) => edge.from === from)
    .map((edge) => (
      <span key={edge.to} className={styles.branch}>
        {edge.when !== undefined && <bdi>{edge.when}</bdi>}
        <ArrowRightIcon className={styles.leads} weight="bold" aria-hidden />
        <bdi>{flow.nodes.find((node) => node.id === edge.to)?.title}</bdi>
      </span>
    ));
}

function Arrows({ layout }: { readonly layout: FlowLayout }) {
  return (
    <svg className={styles.arrows} width={layout.width} height={layout.height} aria-hidden>
      <defs>
        <marker
          id="flow-arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0 0 10 5 0 10z" />
        </marker>
      </defs>
      {layout.arrows.map((arrow) => (
        <path key={arrow.id} d={arrow.path} className={styles.arrow} markerEnd="url(#flow-arrow)" />
      ))}
    </svg>
  );
}

/** From the roomiest way to draw to the one that always fits. */
const DENSITIES = ['roomy', 'narrow', 'tight', 'list'] as const;
const LIST = DENSITIES.indexOf('list');
type Density = (typeof DENSITIES)[number];
/** A chart that is this many times as high as wide is no picture any more; a list says the same in less room. */
const MOST_HEIGHT = 4;

function useFlowLayout(
  chart: React.RefObject<HTMLElement | null>,
  flow: Flow,
): { layout: FlowLayout | undefined; density: Density } {
  const [layout, setLayout] = useState<FlowLayout>();
  const [tight, setTight] = useState<{ room: number; level: number }>({ room: 0, level: 0 });
  useEffect(() => {
    const element = chart.current;
    const around = element?.parentElement;
    if (element === null || !around) return;
    let seen = '';
    const measure = () => {
      const room = around.clientWidth;
      const letters = Number.parseFloat(getComputedStyle(element).fontSize);
      const level = tight.room === room / letters ? tight.level : 0;
      if (level === LIST) return;
      const boxes = sizesIn(element, 'node');
      const labels = sizesIn(element, 'edge');
      // An observer reports when it begins, with nothing new; laying out is the dearest part of a guide.
      const state = JSON.stringify([room, letters, ...boxes, ...labels]);
      if (state === seen) return;
      seen = state;
      const found = layOutFlow(flow, boxes, labels, room);
      const fits = found.width <= room && found.height <= MOST_HEIGHT * room;
      setLayout(fits ? found : undefined);
      const next = fits ? level : level + 1;
      if (tight.room !== room / letters || tight.level !== next)
        setTight({ room: room / letters, level: next });
    };
    const observer = new ResizeObserver(measure);
    const cancel = afterPaint(() => {
      measure();
      for (const box of element.querySelectorAll('[data-node], [data-edge]')) observer.observe(box);
      observer.observe(around);
    });
    return () => {
      cancel();
      observer.disconnect();
    };
  }, [chart, flow, tight]);
  return { layout, density: DENSITIES[tight.level] ?? 'list' };
}

function sizesIn(element: HTMLElement, kind: 'node' | 'edge'): Map<string, Size> {
  const found = [...element.querySelectorAll<HTMLElement>(`[data-${kind}]`)];
  return new Map(
    found.map((box) => [
      box.dataset[kind] ?? '',
      { width: box.offsetWidth, height: box.offsetHeight },
    ]),
  );
}

/** Room for about as much as is coming, so that what follows does not jump far. */
function roomStyle(flow: Flow, density: Density): CSSProperties | undefined {
  return density === 'list' ? undefined : { minBlockSize: `${5 * flow.nodes.length}em` };
}

function boxStyle(layout: FlowLayout): CSSProperties {
  return { inlineSize: layout.width, blockSize: layout.height };
}

function placeStyle(place: { x: number; y: number } | undefined): CSSProperties | undefined {
  return place && { transform: `translate(${place.x}px, ${place.y}px)` };
}
