import type { OfficeRole } from '#shared/office/office-role.ts';
import type { ArchiveMeets } from '#shared/office/office-views.ts';
import type { ServiceAccount, ServiceRight } from '#shared/office/service-account.ts';

/** Texts of the admin pages. The office works in Chinese; there is no other language yet. */
export const OFFICE_TEXTS = {
  title: '区县管理',
  between: '、',
  colon: '：',
  yes: '是',
  no: '否',
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
  again: '登录已过期，请重新登录。您写的内容还在，登录后接着写。',
  save: '保存',
  saveFirst: '有改动还没有保存，请先保存再提交。',
  newer: '{name}刚才保存了这份草稿。您写的还在下面，没有保存；和刚保存的相比，不同在：',
  takeSaved: '放弃我写的，改用刚保存的',
  goOn: '并入刚保存的，接着写我的',
  closedMeanwhile: '这份草稿已经不能再改了。您写的还在下面，没有保存，需要的请先抄出来。',
  giveUp: '不要我写的了',
  notSaved: '有没保存的改动',
  leftWriting:
    '下面这些是您写了还没有保存的，草稿已经不在上面的单子里。可以打开看看、需要的抄出来，也可以放弃。',
  dropWriting: '放弃',
  leaving: '您写的还有没保存的，现在退出就没有了。',
  stay: '先不退出',
  leaveAnyway: '不要了，退出',
  submit: '提交审核',
  approve: '审核通过',
  chooseAll: '全部选上',
  approveChosen: '选上的 {count} 条审核通过',
  notApproved: '“{title}”没有通过：{sentence}',
  changes: '{count} 处不同',
  noChanges: '没有不同',
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
  nodeGone: '已经没有的',
  published: '已发布的',
  wanted: '网点想要的',
  keepPublished: '保留已发布的',
  takeWanted: '采用网点的',
  takeWithdrawal: '按网点的意思撤下',
  takeWhole: '整条采用网点写的',
  takeAnew: '按网点写的重新发布',
  leaveAway: '不再恢复',
  conflictGone:
    '网点修改时，这条内容已经撤下了。可以就这样不再恢复；如果群众还用得着，也可以按网点写的重新发布，下面是重新发布后的全部内容。',
  conflictGoneWithdrawal: '网点想撤下这条内容，它现在已经撤下了。确认一下就可以。',
  conflictGoneLost:
    '网点修改时，这条内容已经不在了，这里也没有留下能补全它的内容。还需要的，请另行起草。',
  conflictWhole:
    '网点的修改和现在发布的内容合不到一起。可以保留已发布的，也可以整条换成网点写的，下面是换了以后会不同的地方。',
  conflictLost:
    '网点的修改合不到现在发布的内容里，只能保留已发布的。网点的意思有道理的，请按它另行起草。',
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
  bundleRevoked:
    '这台终端已经停用，带来的内容没有收下。请仍把回执文件拷回 U 盘，在终端上导入，它才知道自己已停用。',
  codeIs: '登记码（30 分钟内有效，只能用一次）：',
  openCodes: '还没有用过的登记码和 U 盘登记文件',
  cancelCode: '作废',
  cancelSure: '确定作废给网点 {outlet} 的登记码？再按一次作废',
  revoke: '停用',
  revokeSure: '确定停用终端“{name}”？再按一次停用',
  revoked: '已停用',
  never: '还没有',
  quiet: '{at}（{hours} 小时没有联系）',
  faulty: '{name}故障',
  personName: '姓名',
  invite: '增加人员',
  divisions: '负责的区划代码（用空格分开）',
  noDivision: '区划代码只有数字。中心和网点归它所在的区县，请填区县的代码。',
  active: '在用',
  closed: '已停用',
  close: '停用',
  closeSure: '确定停用{name}的账号？再按一次停用',
  reopen: '恢复使用',
  reset: '重新发链接',
  resetSure: '确定让{name}重新设密码？原来的密码随即失效。再按一次发链接',
  linkIs: '请把这个一次性链接交给本人，48 小时内有效，只显示这一次：',
  services: '外单位对接',
  servicesHint:
    '给省 12348 平台这类外单位的程序用，不给个人用。每个对接账号只能做选定的事，只看得到选定区划的内容；到期、停用以后随即失效。',
  serviceName: '对接单位和系统的名称',
  serviceDivisions: '看得到的区划代码（用空格分开）',
  serviceLastDay: '有效到哪天（最长一年）',
  makeService: '增加对接账号',
  makeKey: '生成密钥',
  keyIs:
    '密钥只显示这一次。请当面或者用单位的保密渠道交给对方，不要发在群里，也不要写进邮件。丢了只能停用后重新生成：',
  keyNoted: '已经交给对方，不再显示',
  serviceRevokeSure: '确定停用“{name}”的密钥？对方随即连不上，停用后不能恢复。再按一次停用',
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
  archive: '全部内容的压缩包：导出、导入',
  archiveHint:
    '导出的是您负责的区划里已发布的全部内容，连同图片、音视频和宣传册。解开后可以改，再压缩成 zip 导入；压缩包里没有的，原样不动。导入的改动由另一个人审核后才发布。',
  exportArchive: '导出压缩包',
  importArchive: '导入压缩包',
  archiveTooLarge: '压缩包是空的，或者超过 1 GB。大的请在服务器上用命令导入。',
  archiveLooking: '正在和现在发布的内容比较，请稍等……',
  archiveLookAgain: '重新比较',
  archiveSeen:
    '这个压缩包会改动 {rows} 条，{unchanged} 条没有变化，带来 {files} 个文件。现在还没有改动，请看过再确认。',
  archiveClashes:
    '有 {count} 条不能直接导入。请去掉这几条、重新导出再改；确实要以压缩包为准的，勾上“以压缩包为准”。',
  archiveCounts: '以压缩包为准：别人在导出以后改的、撤下的，都换成压缩包里的',
  archiveConfirm: '确认，提交审核',
  archiveTaken: '已提交 {drafts} 条改动，等另一个人审核。',
  archiveFaulty: '压缩包里有下面这些问题，改好以后再导入。现在什么也没有改动。',
  archiveRefused: '不能直接导入',
  archiveWaits: '已有草稿在等审核，不再提交',
  file: '文件',
  chooseFile: '选择文件上传',
  fileHint: '图片、宣传册（PDF）、视频、录音。审核发布以后，发到这个范围里的每台终端。',
  fileIs: '{type}，{size} MB',
  uploading: '已上传 {percent}%',
  uploaded: '文件已上传，请填好其他内容再保存。',
  preview: '群众看到的样子',
  previewDay: '哪一天',
  ruleUnseen:
    '终端上还没有显示受理标准的页面，这条内容发布以后群众看不到。要让群众看到的，请写进办事指南。',
  lawUnseen:
    '终端上的法律法规读的是导入终端的法规文本，不读这条内容，发布以后群众看不到。要增补法规，请按操作手册把文本导入终端。',
  screen: '屏幕',
  upright: '竖屏',
  across: '横屏',
  showPreview: '预览',
  feedFailed: '刚才的改动还没能发到终端，服务器会接着试；一直这样的话，请系统管理人员查看。',
  divisionFailed: '这个区划的内容这次没能发到终端，服务器会接着试：',
  divisionWithoutFiles:
    '这个区划的文字已经发到终端，有的图片、视频或者文件还没有，服务器会接着试：',
  leftOut: '下面的内容不合这个版本的规则，终端上暂时看不到，请打开改好后重新发布：',
  deletionsWait: '这个区划一次要撤下很多内容，需要确认后才会发到终端：',
  unsoundWait:
    '这个区划有下面这些内容不合这个版本的规则。终端上还是原来的样子，新的改动也先不发；请打开改好后重新发布，或者确认不再显示它们：',
  goneWait: '确认以后，编辑人员撤下的 {gone} 条内容也会从终端上消失。',
  confirmDeletions: '确认撤下',
  confirmLeavingOut: '确认不再显示',
  heldDeletion:
    '{division}：一次要撤下 {gone} 条内容（终端上现有 {of} 条），终端没有照办，仍显示原来的，等审核人员确认。',
  heldByOlder:
    '这台终端的程序较旧，说不清要撤下的是到哪一次改动为止的内容，不能在这里确认，请先更新终端的程序。',
  heldOther: '{division}：没有采用新内容，仍显示原来的。{reason}',
  deletionConfirmed: '已确认，终端下次取内容时撤下。',
} as const;

/** Headings of tables. The last column without one holds what can be done. */
export const COLUMN_TEXTS = {
  content: ['名称', '种类', '范围', '状态', '更新', '还缺', ''],
  archive: ['名称', '编号', '范围', '和现在发布的相比', '改动', '能不能导入'],
  tableFaults: ['工作表', '行', '列', '问题'],
  history: ['版本', '时间', '人', '说明', ''],
  drafts: ['名称', '状态', '编辑', '更新', '说明', '改了什么', ''],
  leftWriting: ['您写的', ''],
  inbox: ['回执编号', '事项', '网点', '收到', '状态', ''],
  terminals: ['名称', '网点', '最近联系', '程序', '内容核对到', '待上传', '告警', ''],
  openCodes: ['网点', '谁做的', '什么时候', '有效到', ''],
  people: ['姓名', '账号', '职责', '负责区划', '状态', ''],
  services: ['名称', '能做什么', '区划', '有效到', '最近使用', '状态', ''],
  audit: ['序号', '时间', '人或终端', '做了什么', '对象', '说明'],
} as const;

/** Why a terminal did not take what is published, and what to do, by the word of its program. */
export const REFUSAL_TEXTS: Readonly<Record<string, string>> = {
  'own-outlet': '新内容里没有这台终端所在的网点，请恢复这个网点的资料。',
  untrusted: '签名或文件不对，请系统管理人员检查发布文件夹和密钥。',
  unreadable: '终端的程序读不懂新内容，请升级终端程序。',
  digest: '收到的内容和区县的不一致，终端会自己重取；一直这样的，请系统管理人员检查。',
};

/** How a record of an archive meets what is published. */
export const MEETS_TEXTS: Readonly<Record<ArchiveMeets, string>> = {
  new: '新增',
  changed: '修改',
  withdrawn: '导出以后撤下了，会重新发布',
  clash: '和现在发布的合不到一起',
  left: '压缩包里没有改，别人改过，会换回去',
};

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

/** What a program of another party may do. */
export const RIGHT_TEXTS: Readonly<Record<ServiceRight, string>> = {
  content: '读取已发布的内容',
  inbox: '查看和办结收件',
};

export const SERVICE_STATE_TEXTS: Readonly<Record<ServiceAccount['state'], string>> = {
  active: '在用',
  expired: '已到期',
  revoked: '已停用',
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
  queue: '排队号',
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
  'program-files': '程序文件',
  recoveries: '自动恢复',
  'screen-hours': '亮屏时间',
  media: '图片音视频',
  browser: '浏览器',
  fonts: '字体',
  voice: '朗读声音',
};

/** What the trail tells of; what is missing here is shown by its own name. */
export const ACT_TEXTS: Readonly<Record<string, string>> = {
  'bundle-taken': '导入终端 U 盘文件',
  'code-cancelled': '作废了登记码',
  'code-made': '发了登记码',
  'conflict-decided': '处理了修改冲突',
  'conflict-kept': '网点的修改和已发布的冲突，留待处理',
  'content-published': '发布',
  'content-withdrawn': '撤下',
  'deletions-confirmed': '确认大批撤下',
  'draft-approved': '审核通过',
  'draft-discarded': '作废草稿',
  'draft-rejected': '退回修改',
  'draft-saved': '保存草稿',
  'draft-submitted': '提交审核',
  'file-uploaded': '上传文件',
  'folder-imported': '从文件夹导入',
  'log-in-failed': '登录没有成功',
  'log-in-locked': '登录没有成功，已锁定一小时',
  'logged-in': '登录',
  'logged-out': '退出登录',
  'content-held': '内容不合现在的规则，等改好或者确认，终端上还是原来的样子',
  'content-returned': '内容又合规则了，重新发到终端',
  'record-left-out': '内容不合现在的规则，没有发到终端',
  'person-changed': '改了人员的职责',
  'person-invited': '增加人员',
  'person-opened': '开通账号',
  'person-reset': '重新发了链接',
  'service-created': '增加对接账号',
  'service-locked': '对接密钥不对，已锁定一小时',
  'service-refused': '对接密钥不对、已到期或者已停用',
  'service-revoked': '停用对接账号',
  'submission-handled': '办结收件',
  'submission-opened': '打开收件',
  'folder-exported': '导出压缩包',
  'folder-taken': '导入压缩包',
  'table-exported': '导出表格',
  'table-taken': '导入表格',
  'terminal-enrolled': '登记终端',
  'terminal-revoked': '停用终端',
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
