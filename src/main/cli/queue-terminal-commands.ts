import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deviceNameSchema } from '#shared/contract/lan.ts';
import { reserveOf } from '#shared/queue/ticket-number.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { givenCertificate, ownCertificate } from '#station/lan/certificate.ts';
import { LAN_PORT, readLanSettings } from '#station/lan/lan-settings.ts';
import { addressesOf, ownNames } from '#station/lan/own-names.ts';
import { countUnreported } from '#station/queue/terminals/number-stock.ts';
import { changeQueueHost, readQueueHost } from '#station/queue/terminals/queue-host-setting.ts';
import {
  JOIN_MINUTES,
  listTerminals,
  openJoining,
  removeTerminal,
} from '#station/queue/terminals/terminal-keys.ts';
import { joinHost } from '#station/queue/terminals/terminal-link.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { CliError } from './cli-error.ts';
import { dataFolder, withStationData } from './station-data.ts';

const TEXT = { type: 'string' } as const;

/** `queue-terminal add --name NAME`: a code with which one more terminal joins this queue host. */
export async function addQueueTerminal(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const name = deviceNameSchema.safeParse(values.name ?? '');
  if (!name.success)
    throw new CliError('请写明给哪台终端,例如 queue-terminal add --name 2号取号机。');
  const folder = dataFolder(values);
  const { code, addresses } = await withStationData(folder, async (db) => {
    if (readQueueHost(db) !== undefined)
      throw new CliError('这台终端自己已加入别的排队主机,不能再带别的终端。');
    const { hostKey, urls } = await ownDoor(db, folder);
    const opened = openJoining(db, { name: name.data, hostKey }, Date.now());
    return { code: opened, addresses: urls.map((url) => url.replace(/^https:\/\//, '')) };
  });
  if (code === undefined)
    throw new CliError(
      '最多带四台终端,而且今天取消的要到明天才空出来;用 queue-terminal list 查看。',
    );
  const [address = '本机地址'] = addresses;
  say(
    values.json,
    { code, addresses, validMinutes: JOIN_MINUTES },
    `请在那台终端上运行(${JOIN_MINUTES} 分钟内有效,只能用一次):\n  npm run kiosk -- queue-host join ${address} ${code}`,
  );
  return 0;
}

/** `queue-terminal list`: who takes numbers from this host, and when each was last there. */
export async function listQueueTerminals(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const terminals = await withStationData(dataFolder(values), (db) => listTerminals(db));
  const rows = terminals.map(({ ordinal, name, seenAt }) => {
    const { from, to } = reserveOf(ordinal);
    const { date, minutes } = localMoment(seenAt);
    const clock = [Math.floor(minutes / 60), minutes % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    return `${ordinal}  ${name}  断线时用 ${from}–${to} 号  最近联系 ${date} ${clock.join(':')}`;
  });
  say(values.json, terminals, rows.length === 0 ? '还没有别的终端从这里取号。' : rows.join('\n'));
  return 0;
}

/** `queue-terminal remove ORDINAL`: it is cut off with its next word; its numbers stay valid. */
export async function removeQueueTerminal(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const ordinal = Number(positionals[0]);
  const gone = await withStationData(dataFolder(values), (db) =>
    removeTerminal(db, ordinal, Date.now()),
  );
  if (!gone)
    throw new CliError(`没有第 ${positionals[0] ?? ''} 台终端。用 queue-terminal list 查看。`);
  say(values.json, { ordinal }, '已取消,几秒内断开。它还没有报来的号收不到了,请先让它联上再取消。');
  return 0;
}

/** `queue-host join ADDRESS CODE`: this terminal gives numbers of the host at that address. */
export async function joinQueueHost(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const [typed = '', ...code] = positionals;
  const address = addressFrom(typed);
  if (address === undefined || code.length === 0)
    throw new CliError(
      '请写明主机地址和配对码,例如 queue-host join 192.168.1.20 7K3M-0QWD-…;两样都由主机上的 queue-terminal add 给出。',
    );
  await withStationData(dataFolder(values), async (db) => {
    assertFree(db);
    const key = await keyFrom(address, code.join(''));
    changeQueueHost(db, { address, key }, Date.now());
    const { from, to } = reserveOf(key.ordinal);
    say(
      values.json,
      { address, ordinal: key.ordinal },
      `已加入 ${address} 的排队,这是第 ${key.ordinal} 台终端;网络断开、手头的号用完以后,每种业务还有 ${from}–${to} 号可发。`,
    );
  });
  return 0;
}

/** `queue-host status`: which host, and what it does not know yet. */
export async function queueHostStatus(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const { host, unreported } = await withStationData(dataFolder(values), (db) => ({
    host: readQueueHost(db),
    unreported: countUnreported(db),
  }));
  const { address, key } = host ?? {};
  say(
    values.json,
    { address, ordinal: key?.ordinal, unreported },
    host === undefined
      ? '这台终端没有加入别的排队主机,自己管号。'
      : `已加入 ${host.address} 的排队,是第 ${host.key.ordinal} 台终端;还有 ${unreported} 个号没有报给主机。`,
  );
  return 0;
}

/** `queue-host leave`: this terminal is its own queue host again. */
export async function leaveQueueHost(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  await withStationData(dataFolder(values), (db) => {
    assertFree(db);
    changeQueueHost(db, undefined, Date.now());
  });
  say(
    values.json,
    {},
    '已退出,这台终端自己管号。请在原来的主机上用 queue-terminal remove 取消它。',
  );
  return 0;
}

/** Whoever changes hosts with numbers of today in visitors' hands would lose them. */
function assertFree(db: WritableDb): void {
  const waiting = countUnreported(db, localMoment(Date.now()).date);
  if (waiting > 0)
    throw new CliError(
      `今天还有 ${waiting} 个号没有报给现在的排队主机,请先恢复网络等它报完,或者明天再改。`,
    );
  if (listTerminals(db).length > 0)
    throw new CliError('有别的终端从这台取号,请先用 queue-terminal remove 取消它们。');
}

async function keyFrom(address: string, code: string) {
  const joining = await joinHost(address, code).catch((error: unknown) => {
    throw new CliError(
      `联系不上 ${address}:请检查地址和网线,并确认主机正在运行、已用 lan on 打开局域网访问。`,
      { cause: error },
    );
  });
  if (joining.state === 'joined') return joining.key;
  if (joining.state === 'wait')
    throw new CliError(`试得太多了,请 ${joining.waitSeconds} 秒以后再试。`);
  throw new CliError(
    joining.state === 'wrong'
      ? '配对码不对,或已经过期;请在主机上重新运行 queue-terminal add。'
      : `${address} 不是给出这个配对码的主机,或配对码抄错了;没有把配对码发出去。`,
  );
}

/** `host` or `host:port`; people also paste the address of the console. */
function addressFrom(typed: string): string | undefined {
  const plain = typed.replace(/^https:\/\//, '').replace(/\/.*$/, '');
  if (!/^(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/.test(plain)) return undefined;
  return /:\d+$/.test(plain) ? plain : `${plain}:${LAN_PORT}`;
}

async function ownDoor(db: WritableDb, folder: string) {
  const settings = readLanSettings(db);
  if (!settings.on)
    throw new CliError('局域网访问没有打开。请先在这台主机上用 lan on 打开,再运行这条命令。');
  const names = ownNames(settings);
  const { certificate } =
    settings.certificate === undefined
      ? await ownCertificate(join(folder, 'lan'), names, Date.now())
      : givenCertificate(settings.certificate, Date.now());
  const { publicKey } = new X509Certificate(certificate);
  return {
    hostKey: publicKey.export({ type: 'spki', format: 'der' }),
    urls: addressesOf(names, settings.port),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ data: TEXT, profile: TEXT, station: TEXT, name: TEXT },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CliError('命令写得不对,例如 npm run kiosk -- queue-terminal add --name 2号取号机。', {
      cause: error,
    });
  }
}

function say(json: boolean, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text);
}
