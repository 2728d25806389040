import { DutyStrip } from '../../visitor/pages/duty-strip.tsx';
import { DutyTable } from '../../visitor/pages/duty-table.tsx';
import { HotlineStrip } from '../../visitor/pages/hotline-strip.tsx';
import { HoursTable } from '../../visitor/pages/hours-table.tsx';
import { dutyBoard, hotline, station, useSay } from '../fixtures.ts';
import { Specimen } from '../specimen.tsx';

/** What is known of a station: duty, hours, telephone numbers. */
export function StationSpecimens() {
  const say = useSay();
  const here = station(say);
  const full = dutyBoard(say);
  const nobody = dutyBoard(say, { leader: undefined, staff: [], nextAdviser: undefined });
  return (
    <>
      <Specimen name="DutyStrip, full">
        <DutyStrip duty={full} windows={here.windows} />
      </Specimen>
      <Specimen name="DutyStrip, adviser comes today">
        <DutyStrip
          duty={dutyBoard(say, {
            leader: undefined,
            nextAdviser: full.nextAdviser && { ...full.nextAdviser, date: full.date },
          })}
          windows={[]}
        />
      </Specimen>
      <Specimen name="DutyStrip, empty">
        <DutyStrip duty={nobody} windows={here.windows} />
      </Specimen>
      <Specimen name="DutyTable, full">
        <DutyTable duty={full} />
      </Specimen>
      <Specimen name="DutyTable, empty">
        <DutyTable duty={nobody} />
      </Specimen>
      <Specimen name="HotlineStrip with supervision and QR">
        <HotlineStrip hotline={hotline(say)} supervision={hotline(say)} web={here.web} />
      </Specimen>
      <Specimen name="HotlineStrip, nothing known">
        <HotlineStrip hotline={undefined} supervision={undefined} web={undefined} />
      </Specimen>
      <Specimen name="HoursTable with a holiday and a working Saturday">
        <HoursTable station={here} />
      </Specimen>
      <Specimen name="HoursTable, holidays of the year unknown">
        <HoursTable station={{ week: here.week.slice(0, 3), holidaysKnown: false }} />
      </Specimen>
      <Specimen name="HoursTable, hours unknown">
        <HoursTable station={{ week: [], holidaysKnown: true }} />
      </Specimen>
    </>
  );
}
