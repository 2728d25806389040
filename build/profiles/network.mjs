/**
 * What the documents of the five places say of the people of their networks, as numbers and lists that
 * `generate-people.mjs` turns into sample records. Everyone is made up and says so (示例).
 */

/**
 * @typedef {object} Network
 * @property {number} communitiesAnAdviser How many villages or communities one village adviser looks after.
 * @property {readonly number[]} adviserWeeks In which weeks of the month the adviser sits there half a day: one, or two where 8 hours are asked for.
 * @property {number} [lawyers] How many lawyers share the streets and towns that have none written by hand.
 * @property {readonly (readonly string[])[]} [spoken] What people there speak besides Chinese, in turn.
 * @property {{ villages: number, each: readonly number[], communitiesOf?: readonly string[] }} lawWise Villages a township that have law-wise residents, and how many in turn; streets whose communities were villages not long ago have them, too.
 * @property {{ title: string, organisation: string, grades?: readonly string[], count: number }} volunteers The team of volunteers from whom residents choose.
 * @property {readonly string[]} experts Fields of the mediation experts.
 * @property {readonly { office: string, serves: readonly string[], outlet: string, count: number }[]} [notaries] Notaries of an office.
 * @property {{ street: string, lawyers: readonly string[], notary: string, aid: string }} [grids] The street whose other communities get two grids each, with those who serve all of them; every other street gets one grid.
 * @property {boolean} [policePosts] Whether each street without one gets a convenience police post.
 */

/**
 * The national rule for law-wise residents in the country (乡村“法律明白人”培养工作规范（试行）, 2021) asks for three a
 * village at least.
 */
const THREE_A_VILLAGE = [3];

/** Fields in which disputes are serious or hard to judge everywhere; a place has its own besides. */
const EXPERTS = ['医疗纠纷', '建设工程', '交通事故', '金融借贷', '劳动工伤'];

const VOLUNTEERS = { title: '法律服务志愿者', organisation: '公共法律服务志愿团队', count: 10 };

/** @type {Readonly<Record<string, Network>>} */
export const NETWORKS = {
  // Building standard of 2018: at least 8 hours on site a month.
  wuhua: {
    communitiesAnAdviser: 4,
    adviserWeeks: [1, 3],
    lawyers: 8,
    // It has no village any more; the communities of 西翥街道 were some.
    lawWise: { villages: 4, each: THREE_A_VILLAGE, communitiesOf: ['530102010'] },
    volunteers: VOLUNTEERS,
    experts: [...EXPERTS, '物业'],
  },
  bozhou: {
    communitiesAnAdviser: 4,
    adviserWeeks: [1],
    spoken: [['ug-CN'], ['kk-Arab-CN'], ['mn-Mong-CN'], [], ['ug-CN', 'kk-Arab-CN']],
    policePosts: true,
    lawWise: { villages: 2, each: THREE_A_VILLAGE },
    volunteers: VOLUNTEERS,
    experts: [...EXPERTS, '土地承包'],
  },
  xigu: {
    communitiesAnAdviser: 5,
    adviserWeeks: [1],
    // Each of its volunteers has a grade.
    volunteers: {
      ...VOLUNTEERS,
      title: '12348 团队志愿者',
      grades: ['一级', '二级', '三级'],
      count: 26,
    },
    lawWise: { villages: 2, each: THREE_A_VILLAGE },
    experts: [...EXPERTS, '征地拆迁'],
  },
  // Plan of 2017: 3 to 5 law-wise residents a village, at least 4 hours on site a month.
  jilin: {
    communitiesAnAdviser: 5,
    adviserWeeks: [2],
    lawWise: { villages: 3, each: [3, 4, 5] },
    volunteers: VOLUNTEERS,
    experts: [...EXPERTS, '土地承包'],
  },
  // Plan of 2020: 54 lawyers for 62 towns and streets; the grid lawyer of 天宁街道 is written by hand.
  changzhou: {
    communitiesAnAdviser: 4,
    adviserWeeks: [2],
    lawyers: 53,
    lawWise: { villages: 1, each: THREE_A_VILLAGE },
    volunteers: { ...VOLUNTEERS, count: 34 },
    experts: [
      '婚姻家庭',
      '劳动工伤',
      '校园纠纷',
      '环境污染',
      '消费维权',
      '知识产权',
      '建设工程',
      '金融借贷',
      '征地拆迁',
    ],
    notaries: [
      { office: '常州公证处', serves: ['320411', '320404'], outlet: '3204-N01', count: 2 },
      { office: '武进公证处', serves: ['320412'], outlet: '320412-N01', count: 2 },
      { office: '金坛公证处', serves: ['320413'], outlet: '320413-N01', count: 2 },
      { office: '天宁公证处', serves: ['320402'], outlet: '320402-N01', count: 1 },
      { office: '溧阳公证处', serves: ['320481'], outlet: '320481-N01', count: 2 },
    ],
    grids: {
      street: '320402005',
      lawyers: ['person.changzhou-grid-lawyer-east', 'person.changzhou-grid-lawyer-west'],
      notary: 'person.changzhou-grid-notary',
      aid: 'person.changzhou-grid-aid-contact',
    },
  },
};

/** Family names, common ones of all five places and then some of two characters; a name is one of these with 示例. */
export const FAMILY_NAMES = [
  ...Array.from(
    '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁',
  ),
  ...['欧阳', '上官', '司马', '诸葛', '司徒', '令狐', '皇甫', '夏侯', '慕容', '东方'],
];

export const SPECIALTIES = {
  lawyer: ['婚姻家庭', '劳动工伤', '土地房屋', '合同债务', '交通事故', '消费维权', '老人赡养'],
  mediator: ['邻里', '婚姻家庭', '物业', '土地承包', '损害赔偿'],
  volunteer: ['劳动工伤', '婚姻家庭', '社会保险', '消费维权', '未成年人', '老人赡养', '代写文书'],
};
