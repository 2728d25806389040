import type { OfficeRole } from '#shared/office/office-role.ts';

/** Texts of the admin pages. The office works in Chinese; there is no other language yet. */
export const OFFICE_TEXTS = {
  title: '区县管理',
  between: '、',
  bracketed: '{first}（{second}）',
  listed: '{first}，{second}',
  accountOf: '{name}，您的账号是',
  withdrawOf: '撤下：{title}',
  furtherFields: '译文、要核实的事项',
  anyKind: '全部',
  noBundle: '这个文件不是终端导出的文件，请重新选择。',
  unreachable: '暂时连不上服务器，您写的内容还在，请稍后再试。',
  loading: '正在读取……',
  empty: '现在没有内容。',
  account: '账号',
  password: '密码',
  newPassword: '设置密码（至少 12 个字）',
  code: '动态码（验证器上的 6 位数字）',
  logIn: '登录',
  logOut: '退出',
  welcome: '您好，请设置账号',
  scan: '请用手机上的验证器扫描，或者把下面的密钥抄进去，再填上验证器显示的动态码。',
  scanHere: '用验证器扫这里',
  open: '开通账号',
  opened: '账号已开通，请登录。',
  save: '保存',
  submit: '提交审核',
  approve: '审核通过',
  reject: '退回修改',
  discard: '作废',
  start: '起草',
  edit: '修改',
  withdraw: '撤下',
  history: '历史',
  restore: '恢复到这一版',
  back: '返回',
  add: '加一项',
  remove: '去掉',
  note: '说明',
  publishAt: '定时发布（不填就是审核后马上发布）',
  differences: '与现在发布的内容相比',
  noDifferences: '与现在发布的内容没有不同。',
  faults: '提交前还要改正',
  before: '原来',
  after: '改为',
  none: '（无）',
  published: '已发布的',
  wanted: '网点想要的',
  keepPublished: '保留已发布的',
  takeWanted: '采用网点的',
  search: '标题或编号',
  kind: '种类',
  scope: '范围（区划或网点代码）',
  name: '名称',
  newRecord: '起草新内容',
  recordName: '编号（小写英文、数字和短横线）',
  more: '更早的',
  version: '第 {version} 版',
  withdrawn: '已撤下',
  outlet: '网点代码',
  makeCode: '领取登记码',
  makeProvisioning: '下载 U 盘登记文件',
  takeBundle: '导入终端 U 盘文件',
  bundleDone: '已导入，请把回执文件拷回 U 盘，带到终端上导入。',
  codeIs: '登记码（30 分钟内有效，只能用一次）：',
  revoke: '停用',
  revoked: '已停用',
  never: '还没有',
  quiet: '{at}（{hours} 小时没有联系）',
  faulty: '{name}故障',
  invite: '增加人员',
  divisions: '负责的区划代码（用空格分开）',
  active: '在用',
  closed: '已停用',
  close: '停用',
  reopen: '恢复使用',
  reset: '重新发链接',
  linkIs: '请把这个一次性链接交给本人，48 小时内有效，只显示这一次：',
  trailWhole: '日志完整，共 {rows} 条。',
  trailBroken: '日志从第 {at} 条起被改动过，请立即报告。',
  checkTrail: '检查日志是否被改动',
  openSealed: '打开',
  handled: '已办结',
  handle: '办结',
  table: '表格',
  exportTable: '导出表格',
  importTable: '导入表格',
  tableHint: '导出后在表格里改，再导入；有改动的内容会成为草稿，由另一个人审核。',
  tableTaken: '已提交 {drafts} 条改动，等另一个人审核；{unchanged} 条没有变化。',
  tableFaulty: '表格里有下面这些问题，改好以后再导入。现在什么也没有改动。',
  tableMore: '只列出了前面的，后面还有。',
  tableTooLarge: '这个表格超过 4 MB，请分成几份。',
  preview: '群众看到的样子',
  previewDay: '哪一天',
  screen: '屏幕',
  upright: '竖屏',
  across: '横屏',
  showPreview: '预览',
  deletionsWait: '这个区划一次要撤下很多内容，需要确认后才会发到终端：',
  confirmDeletions: '确认撤下',
} as const;

/** Headings of tables. The last column without one holds what can be done. */
export const COLUMN_TEXTS = {
  content: ['名称', '种类', '范围', '状态', '更新', '还缺', ''],
  tableFaults: ['工作表', '行', '列', '问题'],
  history: ['版本', '时间', '人', '说明', ''],
  drafts: ['名称', '状态', '编辑', '更新', '说明', ''],
  inbox: ['回执编号', '事项', '网点', '收到', '状态', ''],
  terminals: ['名称', '网点', '最近联系', '程序', '内容核对到', '待上传', '告警', ''],
  people: ['姓名', '账号', '职责', '负责区划', '状态', ''],
  audit: ['序号', '时间', '人或终端', '做了什么', '对象', '说明'],
} as const;

/** Pages by name. */
export const PAGE_TEXTS = {
  content: '内容',
  drafts: '起草与审核',
  conflicts: '修改冲突',
  inbox: '收件',
  terminals: '终端',
  people: '人员',
  audit: '日志',
} as const;

export const ROLE_TEXTS: Readonly<Record<OfficeRole, string>> = {
  editor: '编辑',
  reviewer: '审核',
  inbox: '收件办理',
  technician: '系统管理',
  auditor: '审计',
};

export const STATE_TEXTS = {
  draft: '起草中',
  'in-review': '待审核',
  approved: '待发布',
  published: '已发布',
  discarded: '已作废',
} as const;

/** Checks of a terminal's self-test by their names; what is missing here is shown by its own name. */
export const CHECK_TEXTS: Readonly<Record<string, string>> = {
  screen: '显示屏',
  touch: '触摸屏',
  'ticket-printer': '小票打印机',
  'paper-printer': 'A4 打印机',
  'disk-space': '磁盘空间',
  'disk-write': '磁盘读写',
  clock: '时钟',
  'time-sync': '自动对时',
  databases: '数据库',
  backup: '备份',
  network: '网络',
  district: '区县服务器',
  certificate: '局域网证书',
  content: '内容',
  board: '信息公示',
  fonts: '字体',
  voice: '朗读声音',
};

export const TOPIC_TEXTS = {
  advice: '法律咨询',
  'legal-aid': '法律援助申请',
  mediation: '调解申请',
  booking: '预约',
  complaint: '投诉',
  suggestion: '建议',
  rating: '评价',
} as const;

/** A text with its places filled in. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** An instant as people read it, by the clock of China. */
export function timeText(iso: string): string {
  const at = new Date(Date.parse(iso) + 480 * 60_000).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 16)}`;
}
