import type { OpenState } from '#shared/contract/views.ts';
import type { HostClock } from '../../session/clock.ts';
import { Bar } from '../../visitor/bar.tsx';
import { Header } from '../../visitor/header.tsx';
import { hello, MONDAY, station, useSay } from '../fixtures.ts';
import { Host, Specimen, Visit } from '../specimen.tsx';

const STOPPED: HostClock = { now: () => MONDAY, utcOffsetMinutes: 480 };

/** What stands around every page: header and bar. */
export function FrameSpecimens() {
  const say = useSay();
  const states: Readonly<Record<string, OpenState>> = {
    open: { state: 'open', until: '12:00' },
    break: { state: 'break', reopens: '13:00' },
    'closed until later today': { state: 'closed', next: { date: '2026-11-23', from: '13:00' } },
    'closed until tomorrow': { state: 'closed', next: { date: '2026-11-24', from: '09:00' } },
    'closed for a holiday': {
      state: 'closed',
      next: { date: '2026-11-30', from: '09:00' },
      reason: say('国庆节', 'National Day'),
    },
    'closed, next day unknown': { state: 'closed' },
    unknown: { state: 'unknown' },
  };
  return (
    <>
      <HeaderSpecimen name="Header, home" isHome open={{ state: 'open', until: '12:00' }} />
      {Object.entries(states).map(([name, open]) => (
        <HeaderSpecimen key={name} name={`Header, ${name}`} open={open} />
      ))}
      <Specimen name="Bar on home of a fresh visit">
        <Visit changes={{ language: 'zh-CN', zoom: 1, contrast: false }}>
          <Bar route={{ page: 'home' }} languages={['zh-CN', 'en']} />
        </Visit>
      </Specimen>
      <Specimen name="Bar on a page">
        <Visit changes={{ trail: [{ page: 'home' }, { page: 'forms' }] }}>
          <Bar route={{ page: 'forms' }} languages={['zh-CN', 'en']} />
        </Visit>
      </Specimen>
    </>
  );
}

/** A header over a station in a state. */
export function HeaderSpecimen({
  name,
  open,
  isHome = false,
  stationName,
}: {
  readonly name: string;
  readonly open: OpenState;
  readonly isHome?: boolean;
  readonly stationName?: string;
}) {
  const say = useSay();
  const greeting = hello(say);
  return (
    <Specimen name={name}>
      <Host answers={{ 'stations.current': async () => station(say, { open }) }}>
        <Header
          onStaff={() => {}}
          hello={{ ...greeting, stationName: stationName ?? greeting.stationName }}
          clock={STOPPED}
          isHome={isHome}
        />
      </Host>
    </Specimen>
  );
}
