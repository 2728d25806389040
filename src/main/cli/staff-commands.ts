import { existsSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { StationError } from '#shared/contract/errors.ts';
import { accountSchema } from '#shared/contract/staff.ts';
import { type StaffRole, staffRoleSchema } from '#shared/staff/roles.ts';
import { writeNewFile } from '#station/backup/give-name.ts';
import { addPerson, listPeople, personOfAccount, resetSecret } from '#station/staff/people.ts';
import { renewRecoveryKey } from '#station/staff/recovery.ts';
import { answerChallenge } from '#station/staff/recovery-code.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { dataFolder, withStationData } from './station-data.ts';

const ACTOR = 'technician';

/** Roles by the words that technicians write. */
const ROLES: Readonly<Record<string, StaffRole>> = {
  窗口: 'window-clerk',
  编辑: 'editor',
  站长: 'station-head',
  技术: 'technician',
};

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  ...{ data: TEXT, profile: TEXT, station: TEXT, name: TEXT, role: TEXT, out: TEXT, key: TEXT },
  json: { type: 'boolean', default: false },
} as const;

/** `staff add ACCOUNT --name NAME --role 窗口,编辑`: a new account; prints its one-time PIN. */
export async function addStaff(args: readonly string[]): Promise<number> {
  const { values, account } = parsed(args, 'staff add li01 --name 李示例 --role 窗口');
  const name = values.name ?? missing('--name 姓名');
  const roles = (values.role ?? missing('--role 岗位')).split(/[,，、]/).map(roleOf);
  const added = await onStation(values, (db) =>
    addPerson({ db, actor: ACTOR, now: Date.now() }, { account, name, roles }),
  );
  say(values.json, added, `已为 ${name} 建立账号 ${account}。${pinSentence(added.oneTimePin)}`);
  return 0;
}

/** `staff list`: accounts, without any PIN. */
export async function listStaff(args: readonly string[]): Promise<number> {
  const { values } = parsed(args, 'staff list', false);
  const people = await onStation(values, listPeople);
  const lines = people.map(
    ({ account, name, roles, active }) =>
      `${account}  ${name}  ${roles.map(roleWord).join('、')}${active ? '' : '  已停用'}`,
  );
  say(
    values.json,
    people,
    lines.length === 0 ? '还没有账号，用 staff add 建立第一个。' : lines.join('\n'),
  );
  return 0;
}

/** `staff reset ACCOUNT`: a new one-time PIN. */
export async function resetStaff(args: readonly string[]): Promise<number> {
  const { values, account } = parsed(args, 'staff reset li01');
  const reset = await onStation(values, (db) => {
    const row = personOfAccount(db, account);
    if (row === undefined) throw new CliError(`没有账号 ${account}，用 staff list 查看。`);
    return resetSecret({ db, actor: ACTOR, now: Date.now() }, row.id);
  });
  say(values.json, reset, `账号 ${account} 的旧密码已作废。${pinSentence(reset.oneTimePin)}`);
  return 0;
}

/** `staff recovery-key --out FILE`: a new key for the recovery of lost PINs, for the district to keep. */
export async function makeKey(args: readonly string[]): Promise<number> {
  const { values } = parsed(args, 'staff recovery-key --out 文件', false);
  const out = values.out ?? missing('--out 文件');
  if (existsSync(out)) throw new CliError(`文件 ${out} 已经有了，请换一个名称。`);
  let isWritten = false;
  const hand = (key: string) => {
    writeKey(out, key);
    isWritten = true;
  };
  try {
    await onStation(values, (db) => renewRecoveryKey(db, Date.now(), hand));
  } catch (error) {
    // What counts is in the database: a key that did not get there opens nothing.
    if (isWritten) rmSync(out, { force: true });
    throw error;
  }
  say(values.json, { out }, `找回密钥已写入 ${out}，请交区县保管；以前的密钥已作废。`);
  return 0;
}

/** Through to the disk or the stick: the old key is void as soon as this one counts. */
function writeKey(out: string, key: string): void {
  try {
    writeNewFile(out, Buffer.from(`${key}\n`));
  } catch (error) {
    throw new CliError(
      `文件 ${out} 写不了，请检查文件夹、权限和空间；密钥没有换，以前的照旧有效。`,
      { cause: error },
    );
  }
}

/** `staff answer ACCOUNT CODE --station CODE --key FILE`: what the district reads out to somebody who lost their PIN. */
export function answerStaff(args: readonly string[]): number {
  const example = 'staff answer li01 7K3M-0QWD --station 530102001007 --key 文件';
  const { values, account, rest } = parsed(args, example);
  const station = values.station ?? missing('--station 网点代码');
  const [challenge = missing('屏幕上的找回码')] = rest;
  const file = values.key ?? missing('--key 文件');
  if (!existsSync(file)) throw new CliError(`没有这个密钥文件：${file}。`);
  const response = answerChallenge(readFileSync(file, 'utf8').trim(), {
    station,
    account,
    challenge,
  });
  if (response === undefined)
    throw new CliError(`找回码"${challenge}"写错了，应是 8 位字母和数字。`);
  say(values.json, { response }, `请念给对方：${response}`);
  return 0;
}

function parsed(args: readonly string[], example: string, named = true) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const [first = '', ...rest] = positionals;
    const account = named ? accountSchema.safeParse(first) : undefined;
    if (account?.success === false)
      throw new CliError(`账号"${first}"写错了，只用 2 到 16 个小写字母或数字，例如 ${example}。`);
    return { values, account: account?.data ?? '', rest };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`命令写得不对，例如 ${CALL} ${example}。`, { cause: error });
  }
}

async function onStation<Result>(
  values: Parameters<typeof dataFolder>[0],
  work: Parameters<typeof withStationData<Result>>[1],
): Promise<Result> {
  try {
    return await withStationData(dataFolder(values), work);
  } catch (error) {
    if (error instanceof StationError && error.kind === 'taken')
      throw new CliError('这个账号已经有人用了，请换一个。', { cause: error });
    throw error;
  }
}

function roleOf(word: string): StaffRole {
  const role = ROLES[word] ?? staffRoleSchema.safeParse(word).data;
  if (role !== undefined) return role;
  throw new CliError(
    `没有岗位"${word}"，可写：${Object.keys(ROLES).join('、')}，几个岗位用逗号分开。`,
  );
}

function roleWord(role: StaffRole): string {
  return Object.keys(ROLES).find((word) => ROLES[word] === role) ?? role;
}

const pinSentence = (pin: string) => `一次性密码是 ${pin}，24 小时内登录并改成自己的密码。`;

function missing(what: string): never {
  throw new CliError(`还要写 ${what}。`);
}

function say(json: boolean, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text);
}
