/** How a text speaks of the terminal that it stands on. */
const SENTENCES = {
  /** 机器上点“…”, 在本机“…”里查; not what is touched on the screens of others, as 在平台里点“投诉”. */
  'zh-CN': { machine: /机器|本机|终端|屏幕|点(?=“)/, others: /平台|订单|手机|网站|小程序/ },
  en: {
    machine: /machine|terminal|screen|choose (?=“)/i,
    others: /platform|order|phone screen|website/i,
  },
};

const QUOTED = /“([^”]+)”/g;

/** Things that terminals of others do; when one of them is built here, its word goes. */
const NOT_BUILT =
  /预约码|凭码|booking code|self-check|((机器|本机|终端|屏幕)[上里]?[^，。；！？]{0,12}(预约|约座|登记|报名|签到|评价|评分|投诉|自测|测一测|留言|申请|刷身份证|刷脸|扫脸|连线|视频通话))|((book|sign up|register|apply|rate|complain)\b[^.;]{0,20} on (this|the) (machine|terminal))/i;

/** Names in quotation marks of sentences that send a visitor somewhere on this machine. */
export function buttonsNamedIn(body: unknown, language: keyof typeof SENTENCES): string[] {
  const { machine, others } = SENTENCES[language];
  return sentencesIn(body)
    .filter((sentence) => machine.test(sentence) && !others.test(sentence))
    .flatMap((sentence) => [...sentence.matchAll(QUOTED)].map(([, name = '']) => name));
}

/** What a text says that this machine does, and no page of it does. */
export function promisesOfTheMachine(body: unknown): string[] {
  return sentencesIn(body).filter((sentence) => NOT_BUILT.test(sentence));
}

function sentencesIn(body: unknown): string[] {
  return textsIn(body).flatMap((text) => text.split(/[。；！？\n]|\. /));
}

function textsIn(body: unknown): string[] {
  if (typeof body === 'string') return [body];
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(textsIn) : [];
}
