import { parseArgs } from 'node:util';
import { deviceNameSchema } from '#shared/contract/lan.ts';
import type { HeldBack, JoinAnswer } from '#shared/contract/queue-terminals.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { openQueueTerminals } from '#station/queue/terminals/queue-terminals.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { dataFolder, withStationData } from './station-data.ts';

const TEXT = { type: 'string' } as const;
/** Who gives these commands, in the audit. */
const ACTOR = 'technician';

/** `queue-terminal add --name NAME`: a code with which one more terminal joins this queue host. */
export async function addQueueTerminal(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const name = deviceNameSchema.safeParse(values.name ?? '');
  if (!name.success)
    throw new CliError('请写明给哪台终端，例如 queue-terminal add --name 2号取号机。');
  const opened = await withTerminals(values, (terminals) =>
    terminals.openJoining(ACTOR, name.data),
  );
  if (opened.state !== 'open') throw new CliError(NO_CODE[opened.state]);
  const { code, addresses, validMinutes } = opened;
  const [address = '本机地址', ...others] = addresses;
  say(
    values.json,
    { code, addresses, validMinutes },
    `请在那台终端上运行（${validMinutes} 分钟内有效，只能用一次）：\n  ${CALL} queue-host join ${address} ${code}${others.length === 0 ? '' : `\n联系不上时，把地址换成：${others.join('、')}`}`,
  );
  return 0;
}

const NO_CODE = {
  further: '这台终端自己已加入别的排队主机，不能再带别的终端。',
  'lan-off': '局域网访问没有打开。请先在这台主机上用 lan on 打开，再运行这条命令。',
  resting:
    '这台今天刚退出别的排队，还不发号，不能带别的终端；明天再加，或先运行 queue-host leave --now。',
  full: '最多带四台终端，而且今天取消的要到明天才空出来；用 queue-terminal list 查看。',
} as const;

/** `queue-terminal list`: who takes numbers from this host, and when each was last there. */
export async function listQueueTerminals(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const { terminals } = await withTerminals(values, (opened) => opened.overview());
  const rows = terminals.map(({ ordinal, name, seenAt, reserve }) => {
    const { date, minutes } = localMoment(seenAt);
    const clock = [Math.floor(minutes / 60), minutes % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    return `${ordinal}  ${name}  断线时用 ${reserve.from}–${reserve.to} 号  最近联系 ${date} ${clock.join(':')}`;
  });
  say(values.json, terminals, rows.length === 0 ? '还没有别的终端从这里取号。' : rows.join('\n'));
  return 0;
}

/** `queue-terminal remove ORDINAL`: it is cut off with its next word; its numbers stay valid. */
export async function removeQueueTerminal(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const ordinal = Number(positionals[0]);
  await withTerminals(values, (terminals) => {
    if (terminals.overview().terminals.every((one) => one.ordinal !== ordinal))
      throw new CliError(`没有第 ${positionals[0] ?? ''} 台终端。用 queue-terminal list 查看。`);
    terminals.remove(ACTOR, ordinal);
  });
  say(
    values.json,
    { ordinal },
    '已取消，几秒内断开。它还没有报来的号收不到了，请先让它联上再取消。',
  );
  return 0;
}

/** `queue-host join ADDRESS CODE`: this terminal gives numbers of the host at that address. */
export async function joinQueueHost(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const [typed = '', ...code] = positionals;
  if (typed === '' || code.length === 0)
    throw new CliError(sentenceOf({ state: 'bad-address' }, ''));
  const joined = await withTerminals(values, (terminals) =>
    terminals.join(ACTOR, typed, code.join('')),
  );
  if (joined.state !== 'joined') throw new CliError(sentenceOf(joined, typed));
  const { address, ordinal, reserve } = joined;
  say(
    values.json,
    { address, ordinal },
    `已加入 ${address} 的排队，这是第 ${ordinal} 台终端；网络断开、手头的号用完以后，每种业务还有 ${reserve.from}–${reserve.to} 号可发。`,
  );
  return 0;
}

function sentenceOf(answer: Exclude<JoinAnswer, { state: 'joined' }>, address: string): string {
  switch (answer.state) {
    case 'bad-address':
      return '请写明主机地址和配对码，例如 queue-host join 192.168.1.20 7K3M-0QWD-…；两样都由主机上的 queue-terminal add 给出。';
    case 'unreachable':
      return `联系不上 ${address}：请检查地址和网线，并确认主机正在运行、已用 lan on 打开局域网访问。`;
    case 'wrong':
      return '配对码不对，或已经过期；请在主机上重新运行 queue-terminal add。';
    case 'not-the-host':
      return `${address} 不是给出这个配对码的主机，或配对码抄错了；没有把配对码发出去。`;
    case 'other-station':
      return `${address} 是网点 ${answer.station} 的排队主机，这台终端设的是网点 ${answer.own}，没有加入。请把这台终端用同样的 --station 启动一次，再加入；配对码还能用。`;
    case 'wait':
      return `试得太多了，请 ${answer.waitSeconds} 秒以后再试。`;
    default:
      return heldBackSentence(answer);
  }
}

function heldBackSentence(held: HeldBack): string {
  switch (held.state) {
    case 'unreported':
      return `今天还有 ${held.count} 个号没有报给现在的排队主机，请先恢复网络等它报完，或者明天再改。`;
    case 'in-hand':
      return `这台自己发的号还有 ${held.count} 个没有办完，加入以后就叫不到了；请先在窗口办结或记为过号未到，或者明天开门前再加入。`;
    case 'has-terminals':
      return '有别的终端从这台取号，请先用 queue-terminal remove 取消它们。';
  }
}

/** `queue-host status`: which host, and what it does not know yet. */
export async function queueHostStatus(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const { host, removed, resting, otherStation, unreported } = await withTerminals(
    values,
    (terminals) => terminals.overview(),
  );
  say(
    values.json,
    { address: host?.address, ordinal: host?.ordinal, removed, resting, otherStation, unreported },
    host === undefined
      ? resting
        ? '这台终端今天退出了排队主机，今天不发号，明天起由本机自己发号；要今天就发，请运行 queue-host leave --now。'
        : '这台终端没有加入别的排队主机，由本机自己发号。'
      : `已加入 ${host.address} 的排队，是第 ${host.ordinal} 台终端；还有 ${unreported} 个号没有报给主机。${removed ? '主机已经取消了这一台，不再发号；报完以后请运行 queue-host leave，或者重新加入。' : ''}${otherStation === undefined ? '' : `主机现在是网点 ${otherStation} 的，和这台终端不一样，所以连不上；请把两边的 --station 改成一样的。`}`,
  );
  return 0;
}

/** `queue-host leave [--now]`: this terminal is its own queue host again, from tomorrow on or at once. */
export async function leaveQueueHost(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const { resting, isToday } = await withTerminals(values, (terminals) => {
    const left = terminals.leave(ACTOR);
    if (left.state !== 'left') throw new CliError(heldBackSentence(left));
    const isToday = values.now && terminals.giveOwn(ACTOR);
    return { resting: terminals.overview().resting, isToday };
  });
  const own = isToday ? OWN_TODAY : '已退出，现在由本机自己发号。';
  say(
    values.json,
    { resting },
    `${resting ? REST : own}请在原来的主机上用 queue-terminal remove 取消它。`,
  );
  return 0;
}

const REST =
  '已退出。大厅里可能还有人拿着原来那一队的号，所以本机今天不发号，明天起自己发；要今天就发，请加 --now 再运行一次。';
const OWN_TODAY =
  '已退出，现在由本机自己发号，今天从 1000 号起；这些号只有连到本机的窗口叫得到，原来那一队的号本机叫不到，请告诉窗口和大厅里的群众。';

function withTerminals<Result>(
  values: Parameters<typeof dataFolder>[0],
  work: (terminals: ReturnType<typeof openQueueTerminals>) => Result | Promise<Result>,
): Promise<Result> {
  const dataDir = dataFolder(values);
  return withStationData(dataDir, async (db) =>
    work(openQueueTerminals({ db, dataDir, now: Date.now })),
  );
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ data: TEXT, profile: TEXT, station: TEXT, name: TEXT },
        json: { type: 'boolean', default: false },
        now: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${CALL} queue-terminal add --name 2号取号机。`, {
      cause: error,
    });
  }
}

function say(json: boolean, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text);
}
