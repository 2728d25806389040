import { type SubmitEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceKind, LanDevice, LanStatus } from '#shared/contract/lan.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { monthDay } from '../i18n/dates.ts';
import type { StationClient } from '../station-client/station-client.ts';
import styles from './console.module.css';
import { isLogInOver } from './log-in-over.ts';

const READ_EVERY_MS = 5000;

interface Network {
  readonly status: LanStatus;
  readonly devices: readonly LanDevice[];
}

interface OpenCode {
  readonly code: string;
  readonly validMinutes: number;
  readonly name: string;
  /** Devices that were there before: one more means that the code was used. */
  readonly before: readonly string[];
}

/** Office PCs and hall displays that may speak to this terminal, and the code with which one more is paired. */
export function Devices({ client }: { readonly client: StationClient }) {
  const { t } = useTranslation();
  const [network, setNetwork] = useState<Network>();
  const [open, setOpen] = useState<OpenCode>();
  const [hasFailed, setFailed] = useState(false);
  const failed = useCallback((error: unknown) => setFailed(!isLogInOver(error)), []);
  const read = useCallback(() => {
    Promise.all([client.lan.status(), client.lan.devices()]).then(([status, devices]) => {
      setNetwork({ status, devices });
      setFailed(false);
    }, failed);
  }, [client, failed]);
  useEffect(() => {
    read();
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [read]);
  const pair = (kind: DeviceKind, name: string) => {
    const before = (network?.devices ?? []).map(({ id }) => id);
    client.lan
      .openPairing({ kind, name })
      .then((opened) => setOpen({ ...opened, name, before }), failed);
  };
  const end = (id: string) => void client.lan.unpair({ id }).then(read, failed);
  return (
    <section className={styles.sheet}>
      <h2>{t('desk.devices.title')}</h2>
      {network && <Where status={network.status} />}
      {network?.status.state === 'on' && <PairForm onPair={pair} />}
      {open && <Code open={open} devices={network?.devices ?? []} />}
      {network?.devices.map((device) => (
        <Device key={device.id} device={device} onEnd={() => end(device.id)} />
      ))}
      {network?.devices.length === 0 && <p>{t('desk.devices.nobody')}</p>}
      <p className={styles.fault} role="alert">
        {hasFailed && t('desk.failed')}
      </p>
    </section>
  );
}

/** At which address the other device finds the terminal, or why it cannot. */
function Where({ status }: { readonly status: LanStatus }) {
  const { t } = useTranslation();
  if (status.state !== 'on') return <p role="note">{t(`desk.devices.${status.state}`)}</p>;
  return (
    <>
      <p>{t('desk.devices.address')}</p>
      {status.certificateOutOfDate === true && <p role="note">{t('desk.devices.outOfDate')}</p>}
      {status.urls.map((url) => (
        <p key={url}>
          <bdi dir="ltr" className={styles.address}>
            {url}
          </bdi>
        </p>
      ))}
      {status.fingerprint && (
        <details>
          <summary>{t('desk.devices.fingerprint')}</summary>
          <bdi dir="ltr" className={styles.fingerprint}>
            {status.fingerprint}
          </bdi>
        </details>
      )}
    </>
  );
}

function PairForm({ onPair }: { readonly onPair: (kind: DeviceKind, name: string) => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<DeviceKind>('console');
  const [name, setName] = useState('');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (name.trim() !== '') onPair(kind, name.trim());
  };
  return (
    <form className={styles.pairForm} onSubmit={submit}>
      <label className={styles.label}>
        {t('desk.devices.kind')}
        <select
          className={styles.input}
          value={kind}
          onChange={(event) => setKind(event.target.value === 'display' ? 'display' : 'console')}
        >
          <option value="console">{t('desk.devices.console')}</option>
          <option value="display">{t('desk.devices.display')}</option>
        </select>
      </label>
      <label className={styles.label}>
        {t('desk.devices.name')}
        <input
          className={styles.input}
          value={name}
          maxLength={30}
          required
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className={`${styles.button} ${styles.main}`}>
        {t('desk.devices.pair')}
      </button>
    </form>
  );
}

function Code({
  open,
  devices,
}: {
  readonly open: OpenCode;
  readonly devices: readonly LanDevice[];
}) {
  const { t } = useTranslation();
  const isUsed = devices.some(({ id }) => !open.before.includes(id));
  return (
    <div className={styles.code} role="status">
      {isUsed ? (
        <p>{t('desk.devices.done', { name: open.name })}</p>
      ) : (
        <>
          <p>{t('desk.devices.typeCode', { name: open.name, minutes: open.validMinutes })}</p>
          <bdi dir="ltr">{open.code}</bdi>
        </>
      )}
    </div>
  );
}

/** Ending is asked twice: the device goes dark at once. */
function Device({ device, onEnd }: { readonly device: LanDevice; readonly onEnd: () => void }) {
  const { t } = useTranslation();
  const [isSure, setSure] = useState(false);
  const { date, minutes } = localMoment(device.seenAt);
  const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return (
    <p className={styles.job}>
      <strong>{device.name}</strong>
      <span>{t(`desk.devices.${device.kind}`)}</span>
      <span>{t('desk.devices.seen', { when: `${monthDay(t, date)} ${time}` })}</span>
      <button
        type="button"
        className={`${styles.button} ${styles.danger}`}
        onClick={() => (isSure ? onEnd() : setSure(true))}
      >
        {t(isSure ? 'desk.devices.endSure' : 'desk.devices.end')}
      </button>
    </p>
  );
}
