import type { DoctorReport } from '#shared/health/finding.ts';
import { type UpkeepDay, upkeepSummary } from '#shared/health/upkeep-day.ts';
import { addDays, type LocalDate, localMoment } from '#shared/time/local-date.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';

/** Two years: whoever inspects a year asks for it in the next. */
const DAYS_KEPT = 731;

/** Whether a day has its line. */
export function hasUpkeepDay(db: ReadableDb, day: LocalDate): boolean {
  return first(db, sql`select 1 from upkeep_day where day = ${day}`) !== undefined;
}

/**
 * Writes a day's line into the daily upkeep log (日常巡检记录), once a day, and lets go of what is older than two years. More
 * than two years of lines are needed for that too, so that a clock that ran ahead for a night empties nothing.
 */
export function writeUpkeepDay(db: WritableDb, report: DoctorReport): void {
  const day = localMoment(report.at).date;
  const summary = upkeepSummary(report);
  transaction(db, () => {
    run(
      db,
      sql`insert into upkeep_day (day, at, verdict, summary) values (${day}, ${report.at}, ${report.verdict}, ${summary})
          on conflict (day) do nothing`,
    );
    run(
      db,
      sql`delete from upkeep_day where day < ${addDays(day, -DAYS_KEPT)} and
          (select count(*) from upkeep_day) > ${DAYS_KEPT}`,
    );
  });
}

/** The log's last days, the newest first. */
export function upkeepDays(db: ReadableDb, days: number): UpkeepDay[] {
  return all<UpkeepDay>(
    db,
    sql`select day, at, verdict, summary from upkeep_day order by day desc limit ${days}`,
  );
}
