import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineOrder, MachineView } from '#shared/contract/machine.ts';
import { useReading, useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { Columns, PageBody } from '../ui/page-body.tsx';
import { Reading } from '../ui/reading.tsx';
import { Section } from '../ui/section.tsx';
import { AskTwice } from './ask-twice.tsx';
import { MachineStick } from './machine-stick.tsx';
import { RoomFrame, type RoomProps } from './room-frame.tsx';
import { ScreenTest } from './screen-test.tsx';
import { SelfTest, UpkeepLog } from './self-test.tsx';
import styles from './staff.module.css';
import { TouchTest } from './touch-test.tsx';

const LOUDER_BY = 10;

/** The computer under the terminal: is all well, is the screen, how loud is it, and what staff may do to it (standards S). */
export function MachineRoom(props: RoomProps) {
  const { t } = useTranslation();
  const query = useReading(['staff-machine'], ({ machine }) => machine.view());
  return (
    <RoomFrame {...props} title={t('staff.rooms.machine')} position="machine">
      <PageBody>
        <SelfTest />
        <ScreenAndTouch />
        <Reading query={query}>
          {(view) => (
            <Columns>
              <Loudness view={view} onSet={() => void query.refetch()} />
              <Section title={t('staff.machine.network')}>
                <p>
                  {view.addresses.length === 0
                    ? t('staff.machine.noNetwork')
                    : t('staff.machine.addresses')}{' '}
                  <bdi dir="ltr">{view.addresses.join(' ')}</bdi>
                </p>
              </Section>
              <Orders orders={view.orders} />
            </Columns>
          )}
        </Reading>
        <MachineStick />
        <UpkeepLog />
      </PageBody>
    </RoomFrame>
  );
}

function ScreenAndTouch() {
  const { t } = useTranslation();
  const [test, setTest] = useState<'screen' | 'touch'>();
  const [dead, setDead] = useState<number>();
  return (
    <Section title={t('staff.machine.screen')}>
      {dead !== undefined && (
        <Callout tone={dead === 0 ? 'note' : 'alarm'}>
          {dead === 0
            ? t('staff.machine.touchGood')
            : t('staff.machine.touchDead', { count: dead })}
        </Callout>
      )}
      <div className={styles.tests}>
        <Action label={t('staff.machine.colours')} onPress={() => setTest('screen')} />
        <Action label={t('staff.machine.touch')} onPress={() => setTest('touch')} />
      </div>
      {test === 'screen' && <ScreenTest onEnd={() => setTest(undefined)} />}
      {test === 'touch' && (
        <TouchTest
          onEnd={(untouched) => {
            setDead(untouched);
            setTest(undefined);
          }}
        />
      )}
    </Section>
  );
}

function Loudness({ view, onSet }: { readonly view: MachineView; readonly onSet: () => void }) {
  const { t } = useTranslation();
  const station = useStation();
  const { volume } = view;
  const set = (percent: number) =>
    void station.machine
      .setVolume({ percent: Math.min(100, Math.max(0, percent)) })
      .then(onSet, onSet);
  return (
    <Section title={t('staff.machine.sound')}>
      {volume === undefined ? (
        <p>{t('staff.machine.noSound')}</p>
      ) : (
        <>
          <p role="status">{t('staff.machine.volume', { percent: volume })}</p>
          <div className={styles.tests}>
            <Action
              label={t('staff.machine.softer')}
              isDisabled={volume === 0}
              onPress={() => set(volume - LOUDER_BY)}
            />
            <Action
              label={t('staff.machine.louder')}
              isDisabled={volume === 100}
              onPress={() => set(volume + LOUDER_BY)}
            />
          </div>
        </>
      )}
    </Section>
  );
}

/** Sticks to write to have a place of their own. */
const isHere = (order: MachineOrder) => order !== 'open-sticks-to-write';

/** What the computer is asked, and whether it has taken it. */
function Orders({ orders }: { readonly orders: readonly MachineOrder[] }) {
  const { t } = useTranslation();
  const station = useStation();
  const [said, setSaid] = useState<{ readonly tone: 'note' | 'alarm'; readonly text: string }>();
  const ask = (order: MachineOrder) => {
    station.machine.order({ order }).then(
      ({ state }) =>
        setSaid(
          state === 'taken'
            ? { tone: 'note', text: t(`staff.machine.taken.${order}`) }
            : { tone: 'alarm', text: t('staff.machine.noOrders') },
        ),
      () => setSaid({ tone: 'alarm', text: t('staff.failed') }),
    );
  };
  return (
    <Section title={t('staff.machine.computer')}>
      {orders.length === 0 && <p>{t('staff.machine.noOrders')}</p>}
      {said !== undefined && <Callout tone={said.tone}>{said.text}</Callout>}
      <div className={styles.tests}>
        {orders.filter(isHere).map((order) => (
          <AskTwice
            key={order}
            label={t(`staff.machine.order.${order}`)}
            onSure={() => ask(order)}
          />
        ))}
      </div>
    </Section>
  );
}
