import type { EnrolAnswer, EnrolmentView } from '#shared/contract/enrolment.ts';
import { newestAppliedAt } from '../content/feed-divisions.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';
import { enrolByCode } from './enrol.ts';
import { readEnrolled } from './enrolled.ts';
import { districtFolder } from './open-sync.ts';
import { outboxState } from './outbox.ts';

/** What enrolment at the terminal itself works with. */
export interface EnrolmentOptions {
  readonly db: WritableDb;
  readonly cache: ReadableDb;
  readonly dataDir: string;
  readonly station: string;
  readonly now: () => number;
  /** When the feed was last read and found sound, epoch milliseconds. */
  readonly checkedAt: () => number | undefined;
  /** The share of the first fill that has been fetched, 0 to 1; undefined while none goes on. */
  readonly filled: () => number | undefined;
  /** Told once this terminal belongs to a district: content and operations begin to flow. */
  readonly enrolled: () => void;
}

/** This terminal's place in a district. */
export interface Enrolment {
  readonly view: () => EnrolmentView;
  readonly enrol: (
    person: string,
    typed: { readonly server: string; readonly code: string; readonly name: string },
  ) => Promise<EnrolAnswer>;
}

/** Opens enrolment for the staff page. */
export function openEnrolment(options: EnrolmentOptions): Enrolment {
  const { db, cache, dataDir } = options;
  return {
    view: () => {
      const enrolled = readEnrolled(db);
      if (enrolled === undefined) return { state: 'none' };
      const checkedAt = options.checkedAt();
      const takenAt = newestAppliedAt(cache);
      const filled = options.filled();
      const { waiting, refused } = outboxState(db);
      return {
        state: enrolled.revokedAt === undefined ? 'enrolled' : 'revoked',
        district: enrolled.district.name,
        terminal: enrolled.terminal,
        ...(checkedAt === undefined ? {} : { contentCheckedAt: checkedAt }),
        ...(takenAt === undefined ? {} : { contentTakenAt: takenAt }),
        ...(filled === undefined ? {} : { filledPercent: Math.floor(filled * 100) }),
        waiting,
        refused: refused.length,
      };
    },
    enrol: async (person, typed) => {
      const folder = districtFolder(dataDir);
      const answer = await enrolByCode({ ...options, ...typed, folder, actor: person });
      if (typeof answer === 'string') return { state: answer };
      options.enrolled();
      return { state: 'enrolled', district: answer.district.name };
    },
  };
}
