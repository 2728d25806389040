import { openStickWriting } from '#station/machine/stick-writing.ts';

/** Writes a support bundle as the host does; of a data folder without databases, whose native part needs a newer Node. */
const [dataDir = '', file = ''] = process.argv.slice(2);
await openStickWriting().write({
  ...{ what: 'support', file, dataDir, programVersion: 'archived', now: 0 },
  doctor: { at: 0, programVersion: 'archived', station: '', verdict: 'ok', findings: [] },
});
process.exit(0);
