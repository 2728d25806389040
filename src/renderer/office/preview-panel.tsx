import { useState } from 'react';
import type { Draft } from '#shared/office/office-views.ts';
import styles from './office.module.css';
import { office } from './office-client.ts';
import { OFFICE_TEXTS } from './office-texts.ts';
import { Asked, Button, Fault, SelectField, TextField, useDoing } from './parts.tsx';
import { type Place, visitorPlace } from './visitor-place.ts';

type Turn = 'upright' | 'across';
const TURNS = [
  ['upright', OFFICE_TEXTS.upright],
  ['across', OFFICE_TEXTS.across],
] as const;

interface Wanted {
  readonly outlet: string;
  readonly day: string;
  readonly turn: Turn;
}

/** The visitor's own pages with a draft in them, as a terminal of an outlet would show them on a day. */
export function PreviewPanel({ draft }: { readonly draft: Draft }) {
  const [shown, setShown] = useState<Wanted>();
  // A frame that was touched on begins anew when it is asked for again.
  const [times, setTimes] = useState(0);
  const place = visitorPlace(draft.record, draft.content?.body ?? {});
  if (place === undefined)
    return (
      <section className={styles.box} aria-label={OFFICE_TEXTS.preview}>
        <h2>{OFFICE_TEXTS.preview}</h2>
        <p>
          {draft.record.kind === 'access-rule' ? OFFICE_TEXTS.ruleUnseen : OFFICE_TEXTS.lawUnseen}
        </p>
      </section>
    );
  return (
    <section className={styles.box} aria-label={OFFICE_TEXTS.preview}>
      <h2>{OFFICE_TEXTS.preview}</h2>
      <Asked about={['terminals']} ask={() => office.terminals.list()}>
        {(terminals) => (
          <Choice
            draft={draft}
            outlets={[...new Set(terminals.map(({ outlet }) => outlet))]}
            onShow={(wanted) => {
              setShown(wanted);
              setTimes(times + 1);
            }}
          />
        )}
      </Asked>
      {shown !== undefined && (
        <div className={`${styles.terminal} ${styles[shown.turn]}`}>
          <iframe
            key={`${times} ${draft.revision}`}
            title={OFFICE_TEXTS.preview}
            src={`/preview/#${addressOf(draft, shown, place)}`}
          />
        </div>
      )}
    </section>
  );
}

function Choice({
  draft,
  outlets,
  onShow,
}: {
  readonly draft: Draft;
  readonly outlets: readonly string[];
  readonly onShow: (wanted: Wanted) => void;
}) {
  const { scope } = draft.record;
  const [outlet, setOutlet] = useState(outlets.find((code) => code.startsWith(scope)) ?? scope);
  const [day, setDay] = useState(() => firstDay(draft));
  const [turn, setTurn] = useState<Turn>('upright');
  const code = outlet.trim();
  // Asked once before the frame is there, so that what is wrong is said in the office's own words.
  const { act, fault, isPending } = useDoing(
    () =>
      office.preview.ask({ id: draft.id, outlet: code, day, method: 'system.hello', input: null }),
    () => onShow({ outlet: code, day, turn }),
    false,
  );
  return (
    <>
      <div className={styles.bar}>
        <TextField
          label={OFFICE_TEXTS.outlet}
          value={outlet}
          onChange={setOutlet}
          options={outlets}
        />
        <TextField label={OFFICE_TEXTS.previewDay} value={day} onChange={setDay} type="date" />
        <SelectField
          label={OFFICE_TEXTS.screen}
          value={turn}
          options={TURNS}
          onChange={(next) => setTurn(next === 'across' ? 'across' : 'upright')}
        />
        <Button isMain isOff={isPending} onPress={() => act(undefined)}>
          {OFFICE_TEXTS.showPreview}
        </Button>
      </div>
      <Fault sentence={fault} />
    </>
  );
}

/** The day on which the draft would first be seen. */
function firstDay({ content, publishAt }: Draft): string {
  const today = chinaDay(Date.now());
  const published = publishAt === undefined ? today : chinaDay(Date.parse(publishAt));
  return [today, published, content?.effectiveFrom ?? ''].toSorted().at(-1) ?? today;
}

function chinaDay(at: number): string {
  return new Date(at + 480 * 60_000).toISOString().slice(0, 10);
}

function addressOf({ id }: Draft, { outlet, day }: Wanted, place: Place): string {
  return new URLSearchParams({ draft: id, outlet, day, ...place }).toString();
}
