import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type DeviceKind, deviceNameSchema } from '#shared/contract/lan.ts';
import { givenCertificate, isOutOfDate, ownCertificate } from '#station/lan/certificate.ts';
import { listDevices, openPairing, PAIRING_MINUTES, unpair } from '#station/lan/devices.ts';
import {
  changeLanSettings,
  type LanSettings,
  lanSettingsSchema,
  readLanSettings,
} from '#station/lan/lan-settings.ts';
import { addressesOf, ownNames } from '#station/lan/own-names.ts';
import { CALL } from './call.ts';
import { CliError } from './cli-error.ts';
import { dataFolder, withStationData } from './station-data.ts';

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  ...{ data: TEXT, profile: TEXT, station: TEXT, bind: TEXT, port: TEXT, names: TEXT },
  ...{ certificate: TEXT, key: TEXT, name: TEXT },
  json: { type: 'boolean', default: false },
} as const;
type Values = ReturnType<typeof parsed>['values'];

/** Kinds of devices by the words that technicians write. */
const KINDS: Readonly<Record<string, DeviceKind>> = { 窗口: 'console', 大屏: 'display' };

/** `lan on`: serves office PCs and hall displays; prints their addresses and what to compare. */
export async function switchLanOn(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const folder = dataFolder(values);
  await withStationData(folder, async (db) => {
    const settings = wanted(readLanSettings(db), values);
    // Before a running host starts to serve: both would make one.
    await certificateOf(folder, settings, true);
    changeLanSettings(db, settings, Date.now());
  });
  return lanStatus(args);
}

/** `lan off`: ends it; pairings stay. */
export async function switchLanOff(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  await withStationData(dataFolder(values), (db) =>
    changeLanSettings(db, { ...readLanSettings(db), on: false }, Date.now()),
  );
  say(values.json, { on: false }, '局域网访问已关闭，正在运行的终端几秒内停止服务。');
  return 0;
}

/** `lan status`: whether it is on, addresses, fingerprint, devices. */
export async function lanStatus(args: readonly string[]): Promise<number> {
  const { values } = parsed(args);
  const folder = dataFolder(values);
  const { settings, devices } = await withStationData(folder, (db) => ({
    settings: readLanSettings(db),
    devices: listDevices(db),
  }));
  if (!settings.on) {
    say(values.json, { on: false, devices }, '局域网访问没有打开。用 lan on 打开。');
    return 0;
  }
  const names = ownNames(settings);
  const certificate = await certificateOf(folder, settings);
  const urls = addressesOf(names, settings.port);
  const { fingerprint } = certificate;
  const outOfDate = isOutOfDate(certificate, Date.now());
  const file = settings.certificate?.certificate ?? join(folder, 'lan', 'certificate.pem');
  say(
    values.json,
    { on: true, urls, fingerprint, certificate: file, outOfDate, devices },
    [
      '局域网访问已打开。办公电脑打开下面任一地址：',
      ...urls.map((url) => `  ${url}`),
      `证书 ${file}`,
      `指纹 ${fingerprint}`,
      ...(outOfDate ? [OUT_OF_DATE] : []),
      ...devices.map((device) => `已配对 ${wordOf(device.kind)} ${device.name}(${device.id})`),
    ].join('\n'),
  );
  return 0;
}

const OUT_OF_DATE =
  '注意：按电脑现在的日期，证书不在有效期内，照旧在用。请先核对日期；日期对的，单位给的证书请换一张，自带的请运行 lan on，会做一张新的，再到办公电脑上安装。';

/** The certificate that is served; when somebody `isAsked` to switch it on, a good one. */
async function certificateOf(folder: string, settings: LanSettings, isAsked = false) {
  return settings.certificate === undefined
    ? ownCertificate(join(folder, 'lan'), ownNames(settings), Date.now(), isAsked)
    : givenCertificate(settings.certificate);
}

/** `lan pair 窗口|大屏 --name NAME`: a code for one device. */
export async function pairDevice(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const kind = KINDS[positionals[0] ?? ''];
  const name = deviceNameSchema.safeParse(values.name ?? '');
  if (kind === undefined || !name.success)
    throw new CliError(
      '请写明配对什么，例如 lan pair 窗口 --name 1号窗口电脑，或 lan pair 大屏 --name 大厅电视。',
    );
  const code = await withStationData(dataFolder(values), (db) =>
    openPairing(db, { actor: 'technician', kind, name: name.data }, Date.now()),
  );
  say(
    values.json,
    { code, validMinutes: PAIRING_MINUTES },
    `请在那台设备上输入配对码 ${code}，${PAIRING_MINUTES} 分钟内有效，只能用一次。`,
  );
  return 0;
}

/** `lan unpair ID`: the device is cut off within seconds. */
export async function unpairDevice(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const id = positionals[0] ?? '';
  const gone = await withStationData(dataFolder(values), (db) =>
    unpair(db, id, 'technician', Date.now()),
  );
  if (!gone) throw new CliError(`没有这台设备：${id}。用 lan status 查看。`);
  say(values.json, { id }, '已取消配对，几秒内断开。');
  return 0;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new CliError(`命令写得不对，例如 ${CALL} lan on --names kiosk.office --port 7443。`, {
      cause: error,
    });
  }
}

function wanted(before: LanSettings, values: Values): LanSettings {
  const files = certificateFiles(values);
  const settings = lanSettingsSchema.safeParse({
    ...before,
    on: true,
    ...(values.bind === undefined ? {} : { bind: values.bind }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.names === undefined ? {} : { names: values.names.split(/[,，、]/).filter(Boolean) }),
    ...(files === undefined ? {} : { certificate: files }),
  });
  if (settings.success) return settings.data;
  const [issue] = settings.error.issues;
  throw new CliError(`${String(issue?.path[0] ?? '')} 写错了：${issue?.message ?? ''}。`);
}

function certificateFiles({ certificate, key }: Values) {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined)
    throw new CliError('--certificate 和 --key 要一起写。');
  for (const file of [certificate, key])
    if (!existsSync(file)) throw new CliError(`没有这个文件：${file}。`);
  try {
    const given = givenCertificate({ certificate, key });
    if (isOutOfDate(given, Date.now())) throw new Error('the certificate is out of date');
  } catch (error) {
    throw new CliError(
      '这张证书不能用：和密钥不配对，或读不懂，或按电脑现在的日期不在有效期内（请先核对日期）。',
      { cause: error },
    );
  }
  return { certificate: resolve(certificate), key: resolve(key) };
}

function wordOf(kind: DeviceKind): string {
  return Object.keys(KINDS).find((word) => KINDS[word] === kind) ?? kind;
}

function say(json: boolean, value: unknown, text: string): void {
  console.log(json ? JSON.stringify(value) : text);
}
