import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { judgeCall } from '#shared/contract/access.ts';
import type { DeviceKind, LanDevice, LanStatus } from '#shared/contract/lan.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { monthDay } from '../i18n/dates.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { Choice } from '../ui/choice.tsx';
import { PageBody } from '../ui/page-body.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { AskTwice } from './ask-twice.tsx';
import { RoomFrame, type RoomProps } from './room-frame.tsx';
import styles from './staff.module.css';
import { TextField } from './text-field.tsx';
import { useRereading } from './use-rereading.ts';

interface OpenCode {
  readonly code: string;
  readonly validMinutes: number;
  readonly name: string;
  /** Devices that were there before: one more means that the code was used. */
  readonly before: readonly string[];
}

/** Office PCs and hall displays: whether this terminal serves them, at which address, and the code that pairs one more. */
export function DeviceRoom(props: RoomProps) {
  const { t } = useTranslation();
  const station = useStation();
  const [hasFailed, setFailed] = useState(false);
  const query = useReading(['staff-devices'], async ({ lan }) => ({
    status: await lan.status(),
    devices: await lan.devices(),
  }));
  useRereading(query);
  const reread = () => {
    setFailed(false);
    void query.refetch();
  };
  const failed = () => setFailed(true);
  const maySwitch = judgeCall(['lan', 'serve'], 'terminal', props.session.roles) === 'allowed';
  const serve = (on: boolean) => void station.lan.serve({ on }).then(reread, failed);
  return (
    <RoomFrame {...props} title={t('desk.devices.title')} position="devices">
      <PageBody>
        {hasFailed && <Callout tone="alarm">{t('staff.failed')}</Callout>}
        <Reading query={query}>
          {({ status, devices }) => (
            <>
              <Where status={status} />
              {maySwitch && status.state === 'off' && (
                <Action
                  label={t('staff.devices.on')}
                  emphasis="primary"
                  onPress={() => serve(true)}
                />
              )}
              {status.state === 'on' && <Pairing devices={devices} onFailed={failed} />}
              <Section title={t('staff.devices.paired')}>
                {devices.length === 0 && <p>{t('desk.devices.nobody')}</p>}
                {devices.map((device) => (
                  <Device
                    key={device.id}
                    device={device}
                    onEnd={() => void station.lan.unpair({ id: device.id }).then(reread, failed)}
                  />
                ))}
              </Section>
              {maySwitch && status.state !== 'off' && (
                <AskTwice label={t('staff.devices.off')} onSure={() => serve(false)} />
              )}
            </>
          )}
        </Reading>
      </PageBody>
    </RoomFrame>
  );
}

function Where({ status }: { readonly status: LanStatus }) {
  const { t } = useTranslation();
  if (status.state !== 'on')
    return (
      <Callout tone={status.state === 'off' ? 'note' : 'alarm'}>
        {t(status.state === 'off' ? 'staff.devices.isOff' : 'desk.devices.failed')}
      </Callout>
    );
  return (
    <Section title={t('desk.devices.address')}>
      {status.certificateOutOfDate === true && (
        <Callout tone="alarm">{t('desk.devices.outOfDate')}</Callout>
      )}
      {status.urls.map((url) => (
        <p key={url} className={styles.address}>
          <bdi dir="ltr">{url}</bdi>
        </p>
      ))}
      {status.fingerprint !== undefined && (
        <p className={styles.hint}>
          {t('desk.devices.fingerprint')}{' '}
          <bdi dir="ltr" className={styles.fingerprint}>
            {status.fingerprint}
          </bdi>
        </p>
      )}
    </Section>
  );
}

function Pairing({
  devices,
  onFailed,
}: {
  readonly devices: readonly LanDevice[];
  readonly onFailed: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const [kind, setKind] = useState<DeviceKind>('console');
  const [name, setName] = useState('');
  const [open, setOpen] = useState<OpenCode>();
  const isUsed = devices.some(({ id }) => open !== undefined && !open.before.includes(id));
  const pair = () => {
    const called = name.trim() || t(`desk.devices.${kind}`);
    const before = devices.map(({ id }) => id);
    station.lan
      .openPairing({ kind, name: called })
      .then((opened) => setOpen({ ...opened, name: called, before }), onFailed);
  };
  return (
    <Section title={t('staff.devices.pairOne')}>
      <Choice
        label={t('desk.devices.kind')}
        options={(['console', 'display'] as const).map((value) => ({
          value,
          label: t(`desk.devices.${value}`),
        }))}
        chosen={kind}
        onChoose={setKind}
      />
      <TextField label={t('desk.devices.name')} value={name} maxLength={30} onChange={setName} />
      <Action label={t('desk.devices.pair')} emphasis="primary" onPress={pair} />
      {open !== undefined && (
        <div role="status" className={styles.shown}>
          {isUsed ? (
            <Callout>{t('desk.devices.done', { name: open.name })}</Callout>
          ) : (
            <>
              <p>{t('desk.devices.typeCode', { name: open.name, minutes: open.validMinutes })}</p>
              <p className={styles.code}>
                <bdi dir="ltr">{open.code}</bdi>
              </p>
            </>
          )}
        </div>
      )}
    </Section>
  );
}

function Device({ device, onEnd }: { readonly device: LanDevice; readonly onEnd: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.line}>
      <p>
        <strong>{device.name}</strong> {t(`desk.devices.${device.kind}`)}{' '}
        {t('desk.devices.seen', { when: useWhen(device.seenAt) })}
      </p>
      <AskTwice label={t('desk.devices.end')} onSure={onEnd} />
    </div>
  );
}

/** A moment as people say it: 11月23日 10:24. */
export function useWhen(at: number): string {
  const { t } = useTranslation();
  const { date, minutes } = localMoment(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${monthDay(t, date)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
