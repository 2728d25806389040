import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  JoinAnswer,
  LeaveAnswer,
  QueueTerminalsView,
  TerminalCode,
} from '#shared/contract/queue-terminals.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { AskTwice } from './ask-twice.tsx';
import { useWhen } from './device-room.tsx';
import { RoomFrame, type RoomProps } from './room-frame.tsx';
import styles from './staff.module.css';
import { TextField } from './text-field.tsx';
import { useRereading } from './use-rereading.ts';

interface Said {
  readonly tone: 'note' | 'alarm';
  readonly text: string;
}

/** Two terminals in one hall: which host this one takes its numbers from, or who takes them from here. */
export function TerminalRoom(props: RoomProps) {
  const { t } = useTranslation();
  const station = useStation();
  const [said, setSaid] = useState<Said>();
  const query = useReading(['staff-terminals'], ({ queueTerminals }) => queueTerminals.overview());
  useRereading(query);
  const failed = () => setSaid({ tone: 'alarm', text: t('staff.failed') });
  /** Does something and says how it ended. */
  const act = <Answer,>(asked: Promise<Answer>, tell: (answer: Answer) => Said | undefined) => {
    setSaid(undefined);
    asked.then((answer) => setSaid(tell(answer)), failed).finally(() => void query.refetch());
  };
  const { queueTerminals } = station;
  return (
    <RoomFrame {...props} title={t('staff.rooms.terminals')} position="terminals">
      <PageBody>
        {said !== undefined && <Callout tone={said.tone}>{said.text}</Callout>}
        <Reading query={query}>
          {(view) =>
            view.host === undefined ? (
              <>
                {view.resting && (
                  <Resting
                    onGive={() =>
                      act(queueTerminals.giveOwn(), () => ({
                        tone: 'note',
                        text: t('staff.terminals.giving'),
                      }))
                    }
                  />
                )}
                <Guests
                  view={view}
                  onRemove={(ordinal) => act(queueTerminals.remove({ ordinal }), () => undefined)}
                  onFailed={failed}
                />
                {view.terminals.length === 0 && (
                  <JoinForm
                    onJoin={(address, code) =>
                      act(queueTerminals.join({ address, code }), (answer) => joinSaid(answer, t))
                    }
                  />
                )}
              </>
            ) : (
              <Joined
                host={view.host}
                removed={view.removed}
                otherStation={view.otherStation}
                unreported={view.unreported}
                onLeave={() => act(queueTerminals.leave(), (answer) => leaveSaid(answer, t))}
              />
            )
          }
        </Reading>
      </PageBody>
    </RoomFrame>
  );
}

function joinSaid(answer: JoinAnswer, t: TFunction): Said {
  if (answer.state !== 'joined')
    return { tone: 'alarm', text: t(`staff.terminals.answer.${answer.state}`, { ...answer }) };
  const { from, to } = answer.reserve;
  const facts = { address: answer.address, ordinal: answer.ordinal, from, to };
  return { tone: 'note', text: t('staff.terminals.answer.joined', facts) };
}

function leaveSaid(answer: LeaveAnswer, t: TFunction): Said {
  if (answer.state === 'left') {
    const text = answer.resting ? 'resting' : 'left';
    return { tone: 'note', text: t(`staff.terminals.answer.${text}`) };
  }
  return { tone: 'alarm', text: t(`staff.terminals.answer.${answer.state}`, { ...answer }) };
}

/** On a further terminal. */
function Joined({
  host: { address, ordinal, reserve },
  removed,
  otherStation,
  unreported,
  onLeave,
}: {
  readonly host: NonNullable<QueueTerminalsView['host']>;
  readonly removed: boolean;
  readonly otherStation: string | undefined;
  readonly unreported: number;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { from, to } = reserve;
  return (
    <Section title={t('staff.terminals.hostTitle')}>
      <p>{t('staff.terminals.host', { address, ordinal, from, to })}</p>
      {removed && <Callout tone="alarm">{t('staff.terminals.removed')}</Callout>}
      {otherStation !== undefined && (
        <Callout tone="alarm">
          {t('staff.terminals.otherStation', { station: otherStation })}
        </Callout>
      )}
      <Callout tone={unreported === 0 ? 'note' : 'warn'}>
        {t('staff.terminals.unreported', { count: unreported })}
      </Callout>
      <AskTwice label={t('staff.terminals.leave')} onSure={onLeave} />
    </Section>
  );
}

/** On the day on which it left another: no numbers, unless somebody who was warned says so. */
function Resting({ onGive }: { readonly onGive: () => void }) {
  const { t } = useTranslation();
  return (
    <Section title={t('staff.terminals.restingTitle')}>
      <Callout tone="note">{t('staff.terminals.resting')}</Callout>
      <p>{t('staff.terminals.giveOwnWhat')}</p>
      <AskTwice label={t('staff.terminals.giveOwn')} onSure={onGive} />
    </Section>
  );
}

/** On the queue host: who takes numbers from here, and a code for one more. */
function Guests({
  view,
  onRemove,
  onFailed,
}: {
  readonly view: QueueTerminalsView;
  readonly onRemove: (ordinal: number) => void;
  readonly onFailed: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [name, setName] = useState('');
  const [code, setCode] = useState<TerminalCode>();
  const next = t('staff.terminals.defaultName', { ordinal: view.terminals.length + 2 });
  const open = () => {
    station.queueTerminals.openJoining({ name: name.trim() || next }).then(setCode, onFailed);
  };
  return (
    <Section title={t('staff.terminals.guests')}>
      <p>{t('staff.terminals.what')}</p>
      {view.terminals.map((guest) => (
        <Guest key={guest.ordinal} guest={guest} onRemove={() => onRemove(guest.ordinal)} />
      ))}
      <TextField
        label={t('staff.terminals.name', { example: next })}
        value={name}
        maxLength={30}
        onChange={setName}
      />
      <Action label={t('desk.devices.pair')} emphasis="primary" onPress={open} />
      {code !== undefined && (
        <div role="status" className={styles.shown}>
          <Code code={code} />
        </div>
      )}
    </Section>
  );
}

function Code({ code }: { readonly code: TerminalCode }) {
  const { t } = useTranslation();
  if (code.state !== 'open')
    return <Callout tone="alarm">{t(`staff.terminals.noCode.${code.state}`)}</Callout>;
  const [address, ...others] = code.addresses;
  return (
    <>
      <p>{t('staff.terminals.typeCode', { minutes: code.validMinutes })}</p>
      <p className={styles.address}>
        <bdi dir="ltr">{address}</bdi>
      </p>
      <p className={styles.code}>
        <bdi dir="ltr">{code.code}</bdi>
      </p>
      {others.length > 0 && <p className={styles.hint}>{t('staff.terminals.otherAddresses')}</p>}
      {others.map((other) => (
        <p key={other} className={styles.hint}>
          <bdi dir="ltr">{other}</bdi>
        </p>
      ))}
    </>
  );
}

function Guest({
  guest,
  onRemove,
}: {
  readonly guest: QueueTerminalsView['terminals'][number];
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { name, seenAt, reserve } = guest;
  return (
    <div className={styles.line}>
      <p>
        <strong>{name}</strong>{' '}
        {t('staff.terminals.guest', { when: useWhen(seenAt), from: reserve.from, to: reserve.to })}
      </p>
      <AskTwice label={t('staff.terminals.remove')} onSure={onRemove} />
    </div>
  );
}

function JoinForm({ onJoin }: { readonly onJoin: (address: string, code: string) => void }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  return (
    <Section title={t('staff.terminals.joinTitle')}>
      <p>{t('staff.terminals.joinHow')}</p>
      <TextField
        label={t('staff.terminals.address')}
        value={address}
        keys="address"
        maxLength={100}
        onChange={setAddress}
      />
      <TextField
        label={t('staff.terminals.code')}
        value={code}
        keys="latin"
        maxLength={80}
        onChange={setCode}
      />
      <Action label={t('staff.terminals.join')} onPress={() => onJoin(address, code)} />
    </Section>
  );
}
