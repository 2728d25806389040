import { useState } from 'react';
import { worksOn } from '#shared/office/office-role.ts';
import type { Me, OfficeTerminal } from '#shared/office/office-views.ts';
import { bundleSchema, type Receipts, receiptsSchema } from '#shared/operations/bundle.ts';
import type { Heartbeat, RefusedContent } from '#shared/operations/heartbeat.ts';
import styles from './office.module.css';
import { OfficeFault, office } from './office-client.ts';
import {
  CHECK_TEXTS,
  COLUMN_TEXTS,
  filled,
  OFFICE_TEXTS,
  PAGE_TEXTS,
  REFUSAL_TEXTS,
  timeText,
} from './office-texts.ts';
import { OpenCodes } from './open-codes.tsx';
import {
  Asked,
  AskTwice,
  Button,
  Fault,
  OfficePage,
  saveFile,
  Table,
  TextField,
  useDoing,
} from './parts.tsx';
import { Troubles } from './troubles.tsx';

const HOUR_MS = 3_600_000;
/** Terminals send a heartbeat every few minutes; one that is switched off at night is quiet for longer than this. */
const QUIET_HOURS = 24;

/** Terminals, how they are, and how they come into the district and out of it. */
export function TerminalsPage({ me }: { readonly me: Me }) {
  const revoke = useDoing(office.terminals.revoke);
  const isTechnician = me.roles.includes('technician');
  return (
    <OfficePage title={PAGE_TEXTS.terminals}>
      <Troubles />
      <Fault sentence={revoke.fault} />
      <Asked about={['terminals']} ask={() => office.terminals.list()}>
        {(terminals) => (
          <Table
            columns={COLUMN_TEXTS.terminals}
            rows={terminals.map((terminal) => ({
              id: terminal.id,
              cells: [
                ...cellsOf(terminal, me),
                isTechnician && terminal.state === 'active' ? (
                  <AskTwice
                    key="revoke"
                    label={OFFICE_TEXTS.revoke}
                    question={filled(OFFICE_TEXTS.revokeSure, { name: terminal.name })}
                    onSure={() => revoke.act({ id: terminal.id })}
                  />
                ) : undefined,
              ],
            }))}
          />
        )}
      </Asked>
      {isTechnician && <Enrolment />}
      {isTechnician && <OpenCodes />}
      {(isTechnician || me.roles.includes('inbox')) && <Bundle />}
    </OfficePage>
  );
}

function cellsOf({ name, outlet, state, seenAt, heartbeat }: OfficeTerminal, me: Me) {
  const alarms = alarmsOf(heartbeat);
  return [
    state === 'active'
      ? name
      : filled(OFFICE_TEXTS.bracketed, { first: name, second: OFFICE_TEXTS.revoked }),
    outlet,
    seenAt === undefined ? OFFICE_TEXTS.never : seenText(seenAt, state),
    heartbeat?.program ?? '',
    <Content key="content" of={heartbeat?.content ?? []} me={me} isActive={state === 'active'} />,
    heartbeat?.outbox.waiting ?? '',
    alarms,
  ];
}

/** When a terminal was last heard of, and for how long it has not been, once that is worth a look. */
function seenText(seenAt: string, state: OfficeTerminal['state']) {
  const hours = Math.floor((Date.now() - Date.parse(seenAt)) / HOUR_MS);
  if (state === 'revoked' || hours < QUIET_HOURS) return timeText(seenAt);
  return (
    <span key="seen" className={styles.fault}>
      {filled(OFFICE_TEXTS.quiet, { at: timeText(seenAt), hours })}
    </span>
  );
}

function alarmsOf(heartbeat: OfficeTerminal['heartbeat']): string {
  const alarms = heartbeat?.alarms ?? [];
  return alarms
    .map(({ check, state }) => {
      const name = CHECK_TEXTS[check] ?? check;
      return state === 'fault' ? filled(OFFICE_TEXTS.faulty, { name }) : name;
    })
    .join(OFFICE_TEXTS.between);
}

/** When the terminal last found its content to be the newest (one look is at all of it), and what it did not take. */
function Content({
  of,
  me,
  isActive,
}: {
  readonly of: Heartbeat['content'];
  readonly me: Me;
  readonly isActive: boolean;
}) {
  const checkedAt = of[0]?.checkedAt;
  return (
    <>
      {checkedAt !== undefined && timeText(checkedAt)}
      {isActive &&
        of.map(
          ({ division, refused }) =>
            refused && (
              <Held
                key={division}
                division={division}
                why={refused}
                mayConfirm={me.roles.includes('reviewer') && worksOn(me.divisions, division)}
              />
            ),
        )}
    </>
  );
}

/**
 * What of a division a terminal did not take. A deletion it takes at a reviewer's word, which holds for all terminals, and only for the
 * changes that its numbers tell of (decision 044).
 */
function Held({
  division,
  why: { reason, gone = 0, of = 0, top },
  mayConfirm,
}: {
  readonly division: string;
  readonly why: RefusedContent;
  readonly mayConfirm: boolean;
}) {
  const [isDone, setIsDone] = useState(false);
  const { act, fault } = useDoing(office.feed.confirm, () => setIsDone(true));
  const isDeletion = reason === 'mass-deletion';
  return (
    <div>
      <p className={styles.fault}>
        {isDeletion
          ? filled(OFFICE_TEXTS.heldDeletion, { division, gone, of })
          : filled(OFFICE_TEXTS.heldOther, { division, reason: REFUSAL_TEXTS[reason] ?? '' })}
      </p>
      {isDeletion && mayConfirm && !isDone && top !== undefined && (
        <Button isDanger onPress={() => act({ division, top })}>
          {OFFICE_TEXTS.confirmDeletions}
        </Button>
      )}
      {isDeletion && top === undefined && <p>{OFFICE_TEXTS.heldByOlder}</p>}
      {isDone && (
        <p role="status" className={styles.good}>
          {OFFICE_TEXTS.deletionConfirmed}
        </p>
      )}
      <Fault sentence={fault} />
    </div>
  );
}

function Enrolment() {
  const [outlet, setOutlet] = useState('');
  const [code, setCode] = useState<string>();
  const make = useDoing(office.terminals.makeCode, (made) => setCode(made.code));
  const carry = useDoing(office.terminals.makeProvisioning, (file) =>
    saveFile('provisioning.json', file),
  );
  return (
    <fieldset className={styles.box}>
      <legend>{OFFICE_TEXTS.makeCode}</legend>
      <div className={styles.bar}>
        <TextField label={OFFICE_TEXTS.outlet} value={outlet} onChange={setOutlet} />
        <Button isMain onPress={() => make.act({ outlet: outlet.trim() })}>
          {OFFICE_TEXTS.makeCode}
        </Button>
        <Button onPress={() => carry.act({ outlet: outlet.trim() })}>
          {OFFICE_TEXTS.makeProvisioning}
        </Button>
      </div>
      {code !== undefined && (
        <p role="status">
          {OFFICE_TEXTS.codeIs}
          <b>{code.replaceAll(/(.{4})(?=.)/g, '$1-')}</b>
        </p>
      )}
      <Fault sentence={make.fault ?? carry.fault} />
    </fieldset>
  );
}

function Bundle() {
  const [outcome, setOutcome] = useState<Outcome>();
  const { act, fault } = useDoing(takeFile, (came) => setOutcome(came));
  return (
    <label className={styles.box}>
      {OFFICE_TEXTS.takeBundle}
      <input
        type="file"
        accept=".bundle,application/json"
        onChange={({ target }) => {
          const file = target.files?.[0];
          setOutcome(undefined);
          if (file !== undefined) act(file);
          target.value = '';
        }}
      />
      {outcome !== undefined && <span className={styles.good}>{OFFICE_TEXTS[outcome]}</span>}
      <Fault sentence={fault} />
    </label>
  );
}

/** What is said of a file that was handed in. */
type Outcome = 'bundleDone' | 'bundleRevoked';

/** Hands a terminal's file in and keeps the receipts as a file to carry back. */
async function takeFile(file: File): Promise<Outcome> {
  const bundle = bundleSchema.safeParse(parsed(await file.text()));
  if (!bundle.success) throw new OfficeFault('bad-input', OFFICE_TEXTS.noBundle);
  const receipts = await office.terminals.takeBundle(bundle.data);
  const said = receiptsSchema.safeParse(parsed(receipts.payload)).data;
  saveFile(`receipts-${addresseeOf(bundle.data.terminal, said)}.json`, receipts);
  return said?.revoked === true ? 'bundleRevoked' : 'bundleDone';
}

/** Whom receipts are for: several new terminals may share a stick, and their keys tell them apart. */
function addresseeOf(terminal: string, receipts: Receipts | undefined): string {
  const key = receipts?.enrolment?.publicKey;
  return terminal === 'new' && key !== undefined ? `new-${key.slice(0, 8)}` : terminal;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
