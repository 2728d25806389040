import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineOrder, StickAnswer, StickView } from '#shared/contract/machine.ts';
import { tellAttended } from '../session/idle.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import styles from './staff.module.css';
import { TextField } from './text-field.tsx';
import { useRereading } from './use-rereading.ts';

/** A slow stick and a station of many years. */
const PATIENT = { timeoutMs: 300_000 };
/** Whoever waits for a slow stick touches nothing, and stays logged in. */
const ATTENDED_EVERY_MS = 5000;
const GIGABYTE = 1_000_000_000;
const MEGABYTE = 1_000_000;

/** Everything else is an alarm. */
const TONES: Partial<Record<StickAnswer['state'], Said['tone']>> = {
  written: 'note',
  exists: 'warn',
};

type Said = { readonly tone: 'note' | 'warn' | 'alarm'; readonly text: string };

/** A support bundle or a backup onto a stick, for stations where nobody has a shell (issue 6). */
export function MachineStick() {
  const { t } = useTranslation();
  const query = useReading(['staff-stick'], ({ machine }) => machine.stick());
  useRereading(query);
  return (
    <Section title={t('staff.stick.title')}>
      <p className={styles.told}>{t('staff.stick.what')}</p>
      <Reading query={query}>
        {(view) => <Stick view={view} onChanged={() => void query.refetch()} />}
      </Reading>
    </Section>
  );
}

function Stick({
  view: { state, free = 0 },
  onChanged,
}: {
  readonly view: StickView;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { said, isBusy, order, write, hush } = useStickWork(onChanged);
  const [isAsked, setAsked] = useState(false);
  const isReady = state === 'ready';
  return (
    <>
      <p role="status" className={styles.told}>
        {t(`staff.stick.state.${state}`, { free: sizeOf(free) })}
      </p>
      {said !== undefined && <Callout tone={said.tone}>{said.text}</Callout>}
      {isReady && isAsked && (
        <OwnPin
          isBusy={isBusy}
          onCancel={() => {
            hush();
            setAsked(false);
          }}
          onPin={(secret) => void write('backup', secret).then((done) => done && setAsked(false))}
        />
      )}
      <div className={styles.tests}>
        {(state === 'shut' || state === 'read-only') && (
          <Action
            label={t('staff.stick.open')}
            emphasis="primary"
            onPress={() => order('open-sticks-to-write')}
          />
        )}
        {isReady && !isAsked && (
          <>
            <Action
              label={t('staff.stick.support')}
              emphasis="primary"
              isDisabled={isBusy}
              onPress={() => void write('support')}
            />
            <Action
              label={t('staff.stick.backup')}
              isDisabled={isBusy}
              onPress={() => {
                hush();
                setAsked(true);
              }}
            />
          </>
        )}
        {(isReady || state === 'none') && (
          <Action
            label={t('staff.stick.close')}
            isDisabled={isBusy}
            onPress={() => order('close-sticks')}
          />
        )}
      </div>
    </>
  );
}

/** A backup holds what is known of people: whoever takes it away shows once more who they are. */
function OwnPin({
  isBusy,
  onPin,
  onCancel,
}: {
  readonly isBusy: boolean;
  readonly onPin: (secret: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const send = () => {
    onPin(secret);
    setSecret('');
  };
  return (
    <>
      <Callout tone="warn">{t('staff.stick.personal')}</Callout>
      <TextField
        label={t('staff.stick.pin')}
        value={secret}
        keys="digits"
        maxLength={64}
        isSecret
        onChange={setSecret}
      />
      <div className={styles.tests}>
        <Action
          label={t('staff.stick.write')}
          emphasis="primary"
          isDisabled={isBusy || secret === ''}
          onPress={send}
        />
        <Action label={t('staff.cancel')} isDisabled={isBusy} onPress={onCancel} />
      </div>
    </>
  );
}

/** Keeps page and log-in open while somebody waits; the longest write bounds it. */
function useAttendedWhile(isBusy: boolean): void {
  const { staff } = useStation();
  useEffect(() => {
    if (!isBusy) return undefined;
    const timer = setInterval(() => {
      tellAttended();
      staff.present().catch(() => {});
    }, ATTENDED_EVERY_MS);
    return () => clearInterval(timer);
  }, [isBusy, staff]);
}

/** Asks the computer and the host, one thing at a time, and keeps what to say of it. */
function useStickWork(onChanged: () => void) {
  const { t } = useTranslation();
  const station = useStation();
  const [said, setSaid] = useState<Said>();
  const [isBusy, setBusy] = useState(false);
  useAttendedWhile(isBusy);
  const order = (asked: MachineOrder) => {
    setSaid(undefined);
    station.machine.order({ order: asked }).then(
      ({ state }) => {
        setSaid(
          state === 'taken'
            ? { tone: 'note', text: t(`staff.machine.taken.${asked}`) }
            : { tone: 'alarm', text: t('staff.stick.state.not-set-up') },
        );
        onChanged();
      },
      () => setSaid({ tone: 'alarm', text: t('staff.failed') }),
    );
  };
  const sentence = (answer: StickAnswer): Said => ({
    tone: TONES[answer.state] ?? 'alarm',
    text: t(`staff.stick.outcome.${answer.state}`, { file: answer.file ?? '' }),
  });
  /** Whether nothing is left to be typed. */
  const write = async (what: 'support' | 'backup', secret = ''): Promise<boolean> => {
    setBusy(true);
    setSaid({ tone: 'note', text: t('staff.stick.writing') });
    try {
      const answer =
        what === 'support'
          ? await station.machine.supportToStick(undefined, { context: PATIENT })
          : await station.machine.backupToStick({ secret }, { context: PATIENT });
      if ('waitSeconds' in answer) {
        const seconds = answer.waitSeconds;
        const text = seconds > 0 ? t('desk.wait', { seconds }) : t('staff.stick.wrongPin');
        setSaid({ tone: 'alarm', text });
        return false;
      }
      setSaid(sentence(answer));
      return true;
    } catch {
      setSaid({ tone: 'alarm', text: t('staff.failed') });
      return true;
    } finally {
      setBusy(false);
      onChanged();
    }
  };
  return { said, isBusy, order, write, hush: () => setSaid(undefined) };
}

/** Bytes as they stand on sticks. */
function sizeOf(bytes: number): string {
  return bytes >= GIGABYTE
    ? `${(bytes / GIGABYTE).toFixed(1)} GB`
    : `${Math.floor(bytes / MEGABYTE)} MB`;
}
