import { backUp, restore } from './backup-commands.ts';
import { writeBundle } from './bundle.ts';
import { CALL } from './call.ts';
import { checkProfile } from './check-profile.ts';
import { CliError } from './cli-error.ts';
import { enrol, exportBundle, importFromDistrict } from './district-commands.ts';
import { doctor } from './doctor.ts';
import { importLawTexts } from './import-laws.ts';
import { lanStatus, pairDevice, switchLanOff, switchLanOn, unpairDevice } from './lan-commands.ts';
import { moveAway, moveHere } from './move-commands.ts';
import { printTest } from './print-test.ts';
import { writeQueueStatistics } from './queue-statistics.ts';
import {
  addQueueTerminal,
  joinQueueHost,
  leaveQueueHost,
  listQueueTerminals,
  queueHostStatus,
  removeQueueTerminal,
} from './queue-terminal-commands.ts';
import { searchContent } from './search.ts';
import { addStaff, answerStaff, listStaff, makeKey, resetStaff } from './staff-commands.ts';
import { writePaper } from './write-paper.ts';

type Command = (args: readonly string[]) => Promise<number> | number;

/** Technicians' commands by their words; each returns the exit status. */
const COMMANDS: Readonly<Record<string, Command>> = {
  doctor,
  backup: backUp,
  restore,
  'move-out': moveAway,
  'move-in': moveHere,
  bundle: writeBundle,
  'profile check': checkProfile,
  'import laws': importLawTexts,
  enrol,
  export: exportBundle,
  import: importFromDistrict,
  paper: writePaper,
  'print-test': printTest,
  'staff add': addStaff,
  'staff list': listStaff,
  'staff reset': resetStaff,
  'staff recovery-key': makeKey,
  'staff answer': answerStaff,
  search: searchContent,
  'lan on': switchLanOn,
  'lan off': switchLanOff,
  'lan status': lanStatus,
  'lan pair': pairDevice,
  'lan unpair': unpairDevice,
  'queue-terminal add': addQueueTerminal,
  'queue-terminal list': listQueueTerminals,
  'queue-terminal remove': removeQueueTerminal,
  'queue-host join': joinQueueHost,
  'queue-host status': queueHostStatus,
  'queue-host leave': leaveQueueHost,
  'queue-statistics': writeQueueStatistics,
};

const HELP = `用法：${CALL} 命令

  doctor [--json] [--data 文件夹] [--profile 部署] [--station 代码]
                                  检查整台一体机，逐项说出好坏和办法；运行着也能查。
                                  退出码：0 都正常，1 有要留意的，2 有故障
  backup 文件|文件夹 | restore 文件  备份本机的数据，或恢复到本机（先关掉一体机）
  move-out 文件夹                 搬到另一台电脑：把数据、密钥和设置写到 U 盘，本机停用；
                                  move-out --undo [文件夹] 撤销
  move-in 文件夹 [--replace]      在新电脑上放到位，列出两边的条数；中断了再执行一次
  bundle 文件 [--data 文件夹]     把自检、日志、版本和条数写成一个支持包，没有个人信息，
                                  可以发给维护人员
  doctor --log [--csv 文件]       看每天的巡检记录，或写成表格
  profile check 文件夹 [--station 代码] [--json]
                                  检查一个部署文件夹，逐条说出文件、字段和改法；
                                  写了网点，再说它的信息公示缺什么
  import laws 文件夹 [--data 数据文件夹] [--profile 部署] [--station 代码] [--json]
                                  把 Markdown 法律文本读进一体机；可以中断后再来，
                                  同一文件夹导入几次结果都一样
  enrol 登记码 --server 地址 --station 代码 [--name 名称] | enrol --file 登记文件
                                  把这台终端登记到区县；登记码由区县给，只能用一次
  export 文件夹                   把还没送到区县的记录写成一个加密文件，用 U 盘带去
  import 文件夹或文件             从 U 盘读入区县的内容和回执；重复读入没有坏处
  paper 编号 --pdf 文件 --profile 文件夹 [--filled] [--station 代码]
                                  把一张表格（--filled 是填好的示例）或一次性告知单写成 PDF
  print-test 地址 [--paper 58|80] [--json]
                                  在小票打印机上打一张测试页，说出打印机的状态；
                                  地址如 tcp://192.168.1.50:9100、file:/dev/usb/lp0
  staff add 账号 --name 姓名 --role 窗口|编辑|站长|技术[,…] [--data 文件夹] [--json]
                                  给一名工作人员建账号，印出一次性密码
  staff list | staff reset 账号   列出账号；给忘记密码的人一个新的一次性密码
  staff recovery-key --out 文件   生成找回密钥，交区县保管
  staff answer 账号 找回码 --station 代码 --key 文件
                                  区县回答窗口念来的找回码
  search 要找的话 | --batch 文件 [--json] [--profile 名称或文件夹] [--station 代码] [--data 文件夹] [--limit 20]
                                  终端会找到什么，最合适的在前；--batch 每行一句，
                                  --json 每句一行；--data 用终端的数据文件夹
  lan on [--names 主机名] [--bind 地址] [--port 端口] [--certificate 文件 --key 文件]
                                  让站内办公电脑和大屏通过网络使用；lan off 关闭
  lan status                      地址、证书指纹、已配对的设备
  lan pair 窗口|大屏 --name 名称   给一台设备一个配对码；lan unpair 编号 取消
  queue-terminal add --name 名称   在排队主机上：给同一大厅的另一台终端一个配对码；
                                  queue-terminal list 列出，queue-terminal remove 序号 取消
  queue-host join 地址 配对码      在另一台终端上：加入排队主机，断网也能继续发号；
                                  queue-host status 查看，queue-host leave 退出
                                  （明天起自己发号；加 --now 今天就发）
  queue-statistics --from 日期 --to 日期 --csv|--xlsx 文件 [--profile 部署] [--station 代码] [--data 文件夹]
                                  把这段时间的排队统计写成表格`;

async function main(args: readonly string[]): Promise<number> {
  if (['--help', '-h', 'help'].includes(args[0] ?? '')) {
    console.log(HELP);
    return 0;
  }
  const name = Object.keys(COMMANDS).find((words) => `${args.join(' ')} `.startsWith(`${words} `));
  const command = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || command === undefined) {
    console.error(args.length === 0 ? HELP : `没有这个命令：${args.join(' ')}。\n${HELP}`);
    return 2;
  }
  return command(args.slice(name.split(' ').length));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CliError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
