import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { EnrolFault } from '#shared/contract/enrolment.ts';
import type { Receipts } from '#shared/operations/bundle.ts';
import {
  makeBundle,
  readProvisioning,
  readReceipts,
  writeFileWhole,
} from '#station/district/bundle.ts';
import { enrolByCode, enrolmentRequest } from '#station/district/enrol.ts';
import { keepEnrolment, noteRevoked, readEnrolled } from '#station/district/enrolled.ts';
import { closeDecided } from '#station/district/hear-decisions.ts';
import { districtFolder } from '#station/district/open-sync.ts';
import { outboxState, takeResults } from '#station/district/outbox.ts';
import { keepPending, pendingEnrolment } from '#station/district/pending-enrolment.ts';
import { anotherKey, terminalKey } from '#station/district/terminal-key.ts';
import { readSetting, writeSetting } from '#station/store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '#station/store/sql.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { contentWords, feedOnStick, importFeed, receiptsOnStick } from './import-stick.ts';
import { dataFolder, withStationData } from './station-data.ts';

const TEXT = { type: 'string' } as const;
const BUNDLE_NUMBER = 'district-bundle';
/** Digits by which people tell keys apart. */
const KEY_START = 8;

const ENROL_FAULTS: Readonly<Record<EnrolFault, string>> = {
  'bad-address': '服务器地址写得不对，应以 https:// 开头，请照区县给的写。',
  'unreadable-code': '登记码应该是 12 位字母和数字，请对照区县给的码再输一次。',
  code: '登记码不对、用过了或者过期了，请向区县要一个新的。',
  'too-many': '试得太多了，请过一小时再试，或请区县重新给码。',
  unreachable: '连不上区县服务器，请检查网络和地址；没有网络的，请用登记文件。',
  'other-outlet': '这个登记码是给别的网点的，请向区县要本网点的码。',
  refused: '区县服务器没有接受登记，请联系区县。',
  'enrolled-before': '这台终端已经登记过了，不用再登记。',
};

/** What receipts say to a terminal that was taken out of service. */
const REVOKED =
  '区县已停用这台终端，没有收下这次导出的内容；内容和记录都还在本机。要恢复，请向区县要新的登记文件或登记码，重新登记。';

/** `enrol CODE --server URL --name NAME`, or `enrol --file provisioning.json`: this terminal becomes one of the district's. */
export async function enrol(args: readonly string[]): Promise<number> {
  const { values, target } = parsed(
    args,
    'enrol 7K3M-Q9WD-2XPA --server https://… --name 大厅东侧',
  );
  const dataDir = dataFolder(values);
  const name = values.name ?? '一体机';
  return await withStationData(dataDir, async (db) => {
    const before = readEnrolled(db);
    if (before !== undefined && before.revokedAt === undefined)
      throw new CliError(`这台终端已经登记到${before.district.name}，不用再登记。`);
    if (values.file !== undefined) {
      const provisioning = readProvisioning(read(values.file), before?.district.receiptKey);
      if (provisioning === undefined)
        throw new CliError('登记文件不完整、被改动过，或者是别的区县的；本机没有改动。');
      const { code, district, outlet } = provisioning;
      if (outlet !== (values.station ?? outletOf(db)))
        throw new CliError(`这个登记文件是给网点 ${outlet} 的，不是给这台终端的；本机没有改动。`);
      const folder = districtFolder(dataDir);
      // Each code has a key of its own: one that the district knows already would be refused there, far from here.
      const isSame = pendingEnrolment(db)?.code === code;
      const { publicKey } = isSame ? terminalKey(folder) : anotherKey(folder);
      keepPending(db, { code, district, outlet, name, publicKey }, Date.now());
      say(
        values.json,
        { state: 'prepared' },
        '已读入登记文件。请用 export 导出一次，带到区县，再把回执 import 进来。',
      );
      return 0;
    }
    if (target === undefined || values.server === undefined)
      throw new CliError('请写登记码和 --server 服务器地址，或用 --file 登记文件。');
    const station = values.station ?? outletOf(db);
    const folder = districtFolder(dataDir);
    const typed = { server: values.server, code: target, name };
    const own = { db, folder, station, actor: 'technician', now: Date.now };
    const answer = await enrolByCode({ ...own, ...typed });
    if (typeof answer === 'string') throw new CliError(ENROL_FAULTS[answer]);
    say(
      values.json,
      { state: 'enrolled', terminal: answer.terminal, district: answer.district.name },
      `已登记到${answer.district.name}。请重新启动一体机，开始接收区县的内容。`,
    );
    return 0;
  });
}

/** `export PATH`: what waits in the outbox as one sealed file, for the district. */
export async function exportBundle(args: readonly string[]): Promise<number> {
  const { values, target } = parsed(args, 'export /media/usb');
  if (target === undefined)
    throw new CliError(`请写要导出到的文件夹，例如 ${CALL} export /media/usb。`);
  const folder = resolve(target);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new CliError(`没有这个文件夹：${folder}。`);
  const dataDir = dataFolder(values);
  return await withStationData(dataDir, async (db) => {
    const pending = pendingEnrolment(db);
    const enrolled = pending === undefined ? readEnrolled(db) : undefined;
    const district = enrolled?.district ?? pending?.district;
    if (district === undefined) throw new CliError('这台终端还没有登记到区县，请先用 enrol 登记。');
    const key = terminalKey(districtFolder(dataDir));
    const signer = enrolled && { terminal: enrolled.terminal, key, now: Date.now };
    const enrolment =
      pending && enrolmentRequest(pending.code, { ...pending, key, station: pending.outlet });
    const { bundle, operations } = await makeBundle({
      db,
      signer,
      sealingKey: district.sealingKey,
      enrolment,
    });
    const number = Number(readSetting(db, BUNDLE_NUMBER) ?? 0) + 1;
    // Two new terminals may share a stick.
    const sender = enrolled?.terminal ?? `new-${key.publicKey.slice(0, KEY_START)}`;
    const file = join(folder, `outbox-${sender}-${number}.bundle`);
    writeFileWhole(file, JSON.stringify(bundle));
    transaction(db, () => writeSetting(db, BUNDLE_NUMBER, number, Date.now()));
    say(
      values.json,
      { file, operations },
      `已导出 ${operations} 条到 ${basename(file)}，只有${district.name}能打开。${leftWords(outboxState(db).waiting - operations)}`,
    );
    return 0;
  });
}

/**
 * `import PATH`: what the district gave on a stick. A file is its receipts for what was carried to it; a folder has its content, or
 * receipts, or both. Twice is harmless. What was taken is told also when something else was refused; the exit status is then 1.
 */
export async function importFromDistrict(args: readonly string[]): Promise<number> {
  const { values, target } = parsed(args, 'import /media/usb');
  if (target === undefined) throw new CliError('请写要导入的文件夹，或回执文件。');
  const path = resolve(target);
  const dataDir = dataFolder(values);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const { words, ...taken } = await takeReceipts(dataDir, path);
    say(values.json, taken, words);
    return 0;
  }
  const feed = feedOnStick(path);
  const receipts = await ownReceipts(dataDir, receiptsOnStick(path));
  if (feed === undefined && receipts === undefined)
    throw new CliError(`${path} 里没有区县的内容，也没有给这台终端的回执。`);
  const { words = '', ...taken } = receipts ?? {};
  const content = await contentAfter(words, dataDir, feed);
  const isRefused = (content?.refusedDivisions.length ?? 0) > 0;
  const all = `${words}${content === undefined ? '' : contentWords(content)}`;
  if (isRefused && !values.json) throw new CliError(all);
  say(values.json, { ...taken, ...content }, all);
  return isRefused ? 1 : 0;
}

/** Takes the content; a refusal of the whole does not keep back what the receipts gave. */
async function contentAfter(words: string, dataDir: string, feed: string | undefined) {
  if (feed === undefined) return undefined;
  try {
    return await importFeed(dataDir, feed, Date.now());
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    throw new CliError(`${words}${error.message}`, { cause: error });
  }
}

/** A bundle has a limit; what it leaves goes with the next. */
function leftWords(count: number): string {
  return count > 0 ? `还有 ${count} 条装不下，导入这次的回执以后再导出一次。` : '';
}

/**
 * Takes of several receipts those that are this terminal's, oldest first by what the district signed, whatever a browser called the
 * files; a stick goes round.
 */
async function ownReceipts(dataDir: string, files: readonly string[]) {
  const own = await withStationData(dataDir, (db) =>
    files.flatMap((file) => {
      const now = receiptsFor(db, dataDir, read(file))?.now;
      return now === undefined ? [] : [{ file, at: Date.parse(now) }];
    }),
  );
  let all: Taken | undefined;
  for (const { file } of own.toSorted((one, two) => one.at - two.at))
    all = after(all, await takenFrom(dataDir, file));
  return all && { ...all, words: wordsOf(all) };
}

/** What came of receipts. */
interface Taken {
  readonly taken: number;
  readonly waiting: number;
  readonly refused: number;
  readonly enrolled: boolean;
  readonly revoked: boolean;
}

/** What came of several receipts; whoever was enrolled anew after it was taken out of service is in service. */
function after(before: Taken | undefined, next: Taken): Taken {
  return {
    ...next,
    taken: (before?.taken ?? 0) + next.taken,
    enrolled: before?.enrolled === true || next.enrolled,
    revoked: next.revoked || (before?.revoked === true && !next.enrolled),
  };
}

function wordsOf({ taken, waiting, refused, enrolled, revoked }: Taken): string {
  const counts = `收到 ${taken} 条回执，还有 ${waiting} 条在等，${refused} 条没有被接受。`;
  return `${enrolled ? '已完成登记，请重新启动一体机。' : ''}${revoked ? REVOKED : counts}`;
}

async function takeReceipts(dataDir: string, path: string) {
  const taken = await takenFrom(dataDir, path);
  return { ...taken, words: wordsOf(taken) };
}

async function takenFrom(dataDir: string, path: string): Promise<Taken> {
  const text = read(path);
  return await withStationData(dataDir, (db) => {
    if (readEnrolled(db) === undefined && pendingEnrolment(db) === undefined)
      throw new CliError('这台终端还没有登记到区县，请先用 enrol 登记。');
    const receipts = receiptsFor(db, dataDir, text);
    if (receipts === undefined)
      throw new CliError('回执不完整、被改动过，或者不是给这台终端的；本机没有改动。');
    const isNew = pendingEnrolment(db) !== undefined && receipts.enrolment !== undefined;
    if (isNew && receipts.enrolment !== undefined)
      keepEnrolment(db, receipts.enrolment, 'technician', Date.now());
    const taken = takeResults(db, receipts.results, Date.now());
    closeDecided(db, receipts.decided ?? [], Date.now());
    const isRevoked = receipts.revoked === true && readEnrolled(db)?.terminal === receipts.terminal;
    if (isRevoked) noteRevoked(db, Date.now());
    const { waiting, refused } = outboxState(db);
    return { taken, waiting, refused: refused.length, enrolled: isNew, revoked: isRevoked };
  });
}

/** Receipts that the district signed for this terminal: by its name, or by its key while it has none. */
function receiptsFor(db: ReadableDb, dataDir: string, text: string): Receipts | undefined {
  const enrolled = readEnrolled(db);
  const pending = pendingEnrolment(db);
  const known = pending ?? enrolled;
  const receipts = known && readReceipts(text, known.district.receiptKey);
  if (receipts === undefined) return undefined;
  if (receipts.terminal === enrolled?.terminal) return receipts;
  const { publicKey, outlet } = receipts.enrolment ?? {};
  const isOurs =
    pending !== undefined &&
    publicKey === terminalKey(districtFolder(dataDir)).publicKey &&
    outlet === pending.outlet;
  return isOurs ? receipts : undefined;
}

/** The outlet that this terminal last served, as its own records tell. */
function outletOf(db: WritableDb): string {
  const known = readSetting(db, 'station');
  if (typeof known === 'string') return known;
  throw new CliError('请用 --station 写明这台终端的网点代码。');
}

function read(path: string): string {
  if (!existsSync(path)) throw new CliError(`没有这个文件：${path}。`);
  return readFileSync(path, 'utf8');
}

function parsed(args: readonly string[], example: string) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ data: TEXT, profile: TEXT, station: TEXT, server: TEXT, name: TEXT, file: TEXT },
        json: { type: 'boolean', default: false },
      },
    });
    return { values, target: positionals[0] };
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${CALL} ${example}。`, { cause: error });
  }
}

function say(json: boolean, value: unknown, words: string): void {
  console.log(json ? JSON.stringify(value) : words);
}
