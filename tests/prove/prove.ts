import { fuzzSockets } from '../district/fuzz/fuzz-sockets.ts';
import { mutatedFeeds } from '../station/feed/mutated-feeds.ts';
import { districtFuzz } from './district-fuzz.ts';
import { feedModel } from './feed-model.ts';
import { fleet } from './fleet/fleet.ts';
import { longMonkey } from './monkey.ts';
import { networkFaults } from './network-faults.ts';
import { outboxModel } from './outbox-model.ts';
import { diskFaults } from './power-loss/disk-faults.ts';
import { powerLoss } from './power-loss/power-loss.ts';
import { proofOrder } from './proof-order.ts';
import { queueCrashes } from './queue-crashes.ts';
import { searchAnyText } from './search-any-text.ts';
import { soak } from './soak/soak.ts';
import { supervision } from './supervision.ts';
import { syncKills } from './sync-kills/sync-kills.ts';

const SYNC_KILLS = 100;

/** The runs and the seed of a part, said before it begins: by them it is repeated, also when it does not come to its end. */
function ordered(part: string, usual: number): [runs: number, seed: number] {
  const { runs, seed } = proofOrder(usual);
  console.log(JSON.stringify({ part, runs, seed }));
  return [runs, seed];
}

/** Parts of the long suite by name; each gives its figures, and whether they are as they must be. */
const PARTS: Readonly<
  Record<string, () => Promise<{ readonly sound: boolean; readonly figures: object }>>
> = {
  'queue-crashes': async () => {
    const figures = await queueCrashes(300, 71, 20_261_123);
    const { lost, repeated, calledTwice, jobsUnknown, withoutJob, tickets } = figures;
    const faults = lost + repeated + calledTwice + jobsUnknown + withoutJob;
    return { sound: faults === 0 && tickets >= 20_000, figures };
  },
  'district-fuzz': async () => {
    const figures = await districtFuzz(...ordered('district-fuzz', 10_000));
    return { sound: figures.faults.length === 0, figures };
  },
  'socket-fuzz': async () => {
    const figures = await districtFuzz(1_000, 20_261_122, fuzzSockets);
    return { sound: figures.faults.length === 0, figures };
  },
  'outbox-model': async () => {
    const figures = await outboxModel(...ordered('outbox-model', 20_000), 5);
    const areFound = Object.values(figures.bugs).every(Number.isFinite);
    return { sound: !figures.failed && areFound, figures };
  },
  'feed-model': async () => {
    const figures = feedModel(...ordered('feed-model', 20_000), 5);
    const areFound = Object.values(figures.bugs).every(Number.isFinite);
    return { sound: !figures.failed && areFound, figures };
  },
  fleet: async () => {
    const figures = await fleet({ terminals: 100, changes: 5_000, batches: 50 }, 20_261_123);
    const wasHurt = figures.killed > 0 && figures.endedInOrder > 0 && figures.bases > 0;
    return { sound: figures.faults.length === 0 && wasHurt, figures };
  },
  'network-faults': async () => {
    const figures = await networkFaults(...ordered('network-faults', 5_000));
    return { sound: !figures.failed, figures };
  },
  'mutated-feeds': async () => {
    const [attacks, seed] = ordered('mutated-feeds', 10_000);
    const figures = await mutatedFeeds(attacks, seed);
    return { sound: figures.faults.length === 0 && figures.refused > attacks / 4, figures };
  },
  'power-loss': async () => {
    const [states, seed] = ordered('power-loss', 4_000);
    const figures = await powerLoss(states, seed);
    const { faulty: notFlushed } = await powerLoss(400, seed, 'not-flushed');
    return { sound: figures.faulty === 0 && notFlushed > 0, figures: { ...figures, notFlushed } };
  },
  'sync-kills': async () => {
    const figures = await syncKills(...ordered('sync-kills', SYNC_KILLS));
    const { faults, whileStarting, whileWriting, importsKilled } = figures;
    const wasHurt = whileStarting > 0 && whileWriting > 0 && importsKilled > 0;
    // A few kills need not meet everything.
    const isShort = figures.kills < SYNC_KILLS;
    return { sound: faults.length === 0 && (wasHurt || isShort), figures };
  },
  monkey: async () => {
    const figures = await longMonkey(10_000, [1, 2, 3, 4, 5]);
    return { sound: figures.faults.length === 0 && figures.homeAfterIdle.length === 2, figures };
  },
  supervision: async () => {
    const { PROVE_KILLS = '100', PROVE_SHELLS, PROVE_KINDS } = process.env;
    const figures = await supervision(
      ...([Number(PROVE_KILLS), PROVE_SHELLS?.split(','), PROVE_KINDS?.split(',')] as const),
    );
    return { sound: figures.lost === 0, figures };
  },
  soak: async () => {
    const figures = await soak(Number(process.env.PROVE_MINUTES ?? 30), 20_261_123);
    return { sound: figures.faults.length === 0, figures };
  },
  'disk-faults': async () => {
    const [full, broken, readOnly] = [
      await diskFaults({ error: 'ENOSPC', lasts: true, states: 1, stride: 1 }),
      await diskFaults({ error: 'EIO', lasts: false, states: 1, stride: 1 }),
      await diskFaults({ error: 'EROFS', lasts: true, states: 1, stride: 1 }),
    ];
    const faults = [full, broken, readOnly].flatMap((figures) => figures.faults);
    return { sound: faults.length === 0, figures: { full, broken, readOnly } };
  },
  'search-any-text': async () => {
    const figures = await searchAnyText(1_000, 20_261_123);
    return { sound: figures.fault === undefined, figures };
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`没有这一项：${unknown.join('、')}。可用的有：${Object.keys(PARTS).join('、')}。`);
  process.exit(2);
}
for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = performance.now();
  const { sound, figures } = await part();
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(JSON.stringify({ part: name, sound, ...figures, seconds }));
  if (!sound) process.exitCode = 1;
}
