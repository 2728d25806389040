import { afterEach, beforeEach, expect, test } from 'vitest';
import { run, sql } from '#district/store/sql.ts';
import type { Draft, Me, OfficeConflict } from '#shared/office/office-views.ts';
import { onBothDatabases } from '../databases.ts';
import { twoDistricts } from '../fuzz/two-districts.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';
import { somebody } from './sample-office.ts';

/** More than a list shows. */
const MANY = 1_100;

onBothDatabases((opened) => {
  let server: SampleServer;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
  });
  afterEach(() => server.close());

  test('a district with much to do hides nothing of another’s drafts and conflicts', async () => {
    const { own, foreign } = await twoDistricts(server);
    const { id } = await foreign.editor.done<Me>('GET', '/me');
    await run(
      opened.database,
      sql`insert into draft (id, record_id, scope, kind, base_version, state, revision, author, writers, note, changed_at)
          select gen_random_uuid()::text, 'notice.n' || n, '620104', 'notice', 0, 'draft', 1, ${id}, ${[id]}::text[], '',
                 ${server.clock.now + 60_000}::bigint + n
          from generate_series(1, ${MANY}) as n`,
    );
    await run(
      opened.database,
      sql`insert into conflict (id, operation, terminal, record_id, kind, scope, changes, withdraws, editor, reviewer, made_at)
          select gen_random_uuid()::text, 'o' || n, ${foreign.terminal.id}, 'notice.n' || n, 'notice', '620104001', '[]'::jsonb,
                 false, '', '', '2020-01-01T00:00:00+08:00'
          from generate_series(1, ${MANY}) as n`,
    );
    const clerk = await somebody(server, ['inbox']);
    const drafts = await own.editor.done<Draft[]>('GET', '/drafts');
    expect(drafts.map((draft) => draft.id)).toEqual([own.draft.id]);
    const conflicts = await clerk.done<OfficeConflict[]>('GET', '/conflicts');
    expect(conflicts.map(({ conflict }) => conflict)).toEqual([own.conflict]);
    await clerk.done('POST', `/conflicts/${own.conflict}`, { outcome: 'published' });
  });
});
