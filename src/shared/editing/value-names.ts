type Names = Readonly<Record<string, string>>;

/** What a person is at a station. */
export const ROLE_NAMES: Names = {
  leader: '负责人',
  staff: '工作人员',
  lawyer: '律师',
  'village-adviser': '村居法律顾问',
  notary: '公证员',
  mediator: '人民调解员',
  expert: '调解专家',
  'legal-worker': '基层法律服务工作者',
  volunteer: '志愿者',
  'law-wise': '法律明白人',
  police: '值班民警',
  publicist: '法治宣传员',
  'legal-aid-contact': '法律援助联络员',
};

/** What somebody does for those who come. */
export const HELP_NAMES: Names = {
  advice: '解答咨询',
  papers: '看文书和代写',
  mediation: '参与调解',
  'legal-aid': '帮办法律援助',
  company: '陪同办事',
  publicity: '讲法律和发资料',
  notary: '公证',
  visit: '上门服务',
};

/** What somebody on duty does. */
export const DUTY_NAMES: Names = {
  leader: '带班领导',
  reception: '综合接待',
  'legal-aid': '法律援助',
  mediation: '人民调解',
  advice: '法律咨询',
  lawyer: '值班律师',
  adviser: '法律顾问',
  notary: '公证',
  police: '值班民警',
  volunteer: '志愿者',
};

/** Whom a grid has. */
const CONTACT_NAMES: Names = {
  mediator: '调解员',
  publicist: '宣传员',
  'legal-aid-contact': '法律援助联络员',
  'grid-head': '网格长',
};

export const LANGUAGE_NAMES: Names = {
  'zh-CN': '汉语',
  en: '英语',
  'ug-CN': '维吾尔语',
  'kk-Arab-CN': '哈萨克语',
  'mn-Mong-CN': '蒙古语',
  'bo-CN': '藏语',
  'ii-CN': '彝语',
  'za-CN': '壮语',
};

/** What a question is about, in the words of who asks. */
export const TOPIC_NAMES: Names = {
  work: '打工上班',
  family: '结婚离婚',
  elder: '老人',
  child: '孩子',
  housing: '房子',
  land: '土地',
  debt: '借钱还钱',
  injury: '受伤赔偿',
  traffic: '交通事故',
  consumer: '买东西',
  crime: '刑事案件',
  notary: '公证',
  'legal-aid': '法律援助',
  mediation: '调解',
  procedure: '打官司',
  daily: '日常生活',
};

/** Levels of outlets. */
export const LEVEL_NAMES: Names = {
  'city-centre': '市中心',
  centre: '区县中心',
  station: '街道（乡镇）工作站',
  workroom: '社区（村）工作室',
  point: '服务点',
  'police-post': '便民警务站',
  'notary-office': '公证处',
};

/** Lines of business at windows. */
export const LINE_NAMES: Names = {
  reception: '综合接待',
  advice: '法律咨询',
  'legal-aid': '法律援助',
  mediation: '人民调解',
  notary: '公证',
  appraisal: '司法鉴定',
  lawyer: '律师服务',
  publicity: '法治宣传',
  exam: '法律职业考试',
  resettlement: '安置帮教',
  'remote-visit': '远程会见',
};

/** Values that content may have, as editors know them, by the name of their field. A test looks that none is missing. */
const VALUE_NAMES: Readonly<Record<string, Names>> = {
  role: ROLE_NAMES,
  helps: HELP_NAMES,
  duty: { ...CONTACT_NAMES, ...DUTY_NAMES },
  languages: LANGUAGE_NAMES,
  topic: TOPIC_NAMES,
  level: { ...LEVEL_NAMES, grid: '网格', elsewhere: '其他单位' },
  line: LINE_NAMES,
  lines: LINE_NAMES,
  also: LINE_NAMES,
  id: LINE_NAMES,
  subject: {
    'legal-aid-economic-standard': '法律援助经济困难标准',
    'legal-aid-no-check': '法律援助免予核查经济状况的情形',
    'legal-aid-matters': '法律援助事项范围',
    'fee-reduction': '减免收费的规定',
  },
  type: {
    heading: '标题',
    fields: '填写栏',
    paragraph: '段落',
    choice: '选择项',
    table: '表格',
    signature: '签名栏',
    note: '说明',
    image: '图片',
    pdf: '宣传册',
    video: '视频',
    audio: '音频',
  },
  group: {
    legal: '法律服务',
    government: '政府服务',
    emergency: '紧急求助',
    supervision: '监督投诉',
    other: '其他',
    station: '本站通知',
    policy: '政策',
    law: '新法',
    event: '活动',
  },
  inForce: {
    'in-force': '现行有效',
    'not-yet': '还没有施行',
    amended: '旧文本',
    repealed: '已废止',
    unknown: '没有注明',
  },
  category: {
    'legal-aid': '法律援助',
    mediation: '人民调解',
    advice: '法律咨询',
    publicity: '法治宣传',
    lawyer: '律师服务',
    notary: '公证',
    appraisal: '司法鉴定',
    grassroots: '基层法律服务',
    'judicial-exam': '法律职业考试',
    resettlement: '安置帮教',
    'pro-mediation': '专业调解',
    'remote-visit': '远程会见',
  },
  basis: { law: '法律规定', station: '本站规定' },
  original: { show: '带原件，看完还', keep: '原件留下', none: '不要原件' },
  icon: {
    'id-card': '身份证',
    document: '文书',
    form: '表格',
    people: '人',
    house: '房屋',
    money: '钱款',
    medical: '医疗',
    photo: '照片',
    evidence: '证据',
  },
  actor: { you: '群众办', window: '窗口办', body: '承办单位办' },
  kind: { start: '开始', step: '步骤', decision: '判断', end: '结束' },
};

/** A value in words; a value that has no name of its own as it is. */
export function valueName(field: string, value: string): string {
  const names = VALUE_NAMES[field];
  return names !== undefined && Object.hasOwn(names, value) ? (names[value] ?? value) : value;
}
