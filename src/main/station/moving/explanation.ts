import { slipTime } from '#shared/printing/ticket-slip.ts';

const MACHINE = '/usr/lib/legal-kiosk/machine';

/** What is known of the computer that is left. */
export interface Explained {
  readonly now: number;
  readonly programVersion: string;
  readonly folder: string;
  readonly call: string;
  readonly where: readonly string[];
  readonly station: string | undefined;
  readonly profile: string | undefined;
  readonly addresses: readonly string[];
  readonly provision: readonly string[];
  readonly byHand: readonly string[];
}

/** The steps on the new computer, for whoever finds the folder on a stick; with the line ends of every system's editor. */
export function explanation(move: Explained): string {
  const { call, programVersion, now, addresses, byHand } = move;
  const name = move.folder.split(/[\\/]/).pop() ?? '';
  const provision = [`${MACHINE}/provision`, ...move.provision].join(' ');
  const where = [
    ...(move.station === undefined ? [] : [`网点代码 ${move.station}`]),
    ...(move.profile === undefined ? [] : [`部署 ${move.profile}`]),
  ].join('，');
  const lines = [
    '一体机搬家用的文件夹',
    '',
    `这里是一台一体机的全部数据和设置（${where}），${slipTime(now)} 写出。`,
    '里面有个人信息和密钥：搬之前锁好，搬好以后删掉这个文件夹。',
    '',
    '在新电脑上：',
    `1. 安装程序，版本 ${programVersion} 或更新。先不要运行 provision。`,
    '2. 接上 U 盘，用管理员身份执行（U 盘的路径照实写）：',
    `   ${[call, 'move-in', `/media/usb/${name}`, ...move.where].join(' ')}`,
    `   运行过 provision 的电脑（旧电脑、装好的备用机）平时不认 U 盘：先执行 ${MACHINE}/stick open-to-write 60 再插，路径在 /media/legal-kiosk/ 下；做完执行 ${MACHINE}/stick close，再拔。`,
    '   move-in 先核对每个文件，再放到位，最后列出两边的条数，应当一样。中途断电的，再执行一次。',
    `3. 执行 ${provision}，然后重启电脑。`,
    '4. 打印测试页，取一个号：号码应当接着旧电脑最后的号。',
    '',
    '另外要做的：',
    `- 给新电脑旧电脑的网络地址（${addresses.join('、') || '当时没有接网络'}），办公电脑、大屏和其他取号机按这个地址找它。`,
    '- 用 A4 打印机的，在新电脑的 CUPS 里照原来的名称装好。',
    '- 换了屏幕、触摸屏或接口的，改 /etc/legal-kiosk/machine.conf 里的名称（displays list 会列出）。',
    '- 自己设过校时服务器的，把 /etc/systemd/timesyncd.conf.d 里自己的文件也带上。',
    ...byHand.map((file) => `- 带上 ${file}，放在新电脑的同一个位置。`),
    '',
    '旧电脑已经停用：不再发号，也不再上传。',
    `不搬了的，先不要在别的电脑上用这个文件夹；在旧电脑上接着 U 盘执行 ${[call, 'move-out --undo', '这个文件夹', ...move.where].join(' ')}。`,
    '',
  ];
  return `\uFEFF${lines.join('\r\n')}`;
}
