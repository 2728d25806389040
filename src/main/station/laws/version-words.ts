import type { LawExcerpt } from '#shared/papers/law-paper.ts';
import type { KnownLaw } from './law-catalogue.ts';

const STATE_WORDS: Readonly<Record<KnownLaw['state'], string>> = {
  'in-force': '现行有效',
  'not-yet': '还没有施行',
  amended: '旧文本，已有新文本',
  repealed: '已废止',
  unknown: '施行情况没有注明',
  outdated: '旧文本，已有新文本',
  baseless: '所解释的法律已废止',
};

/** What a reader of one article must know first; no words where nothing speaks against the text. */
const CAUTIONS: Readonly<Record<KnownLaw['state'], string>> = {
  'in-force': '',
  'not-yet': '还没有施行，现在不能照它办。',
  amended: '这是旧文本，后来改过了，办事请看新文本。',
  repealed: '已经废止，现在不能再照它办。',
  unknown: '',
  outdated: '这是旧文本，条号和内容可能已经变了，办事请看新文本。',
  baseless: '它所解释的法律已经废止，现在不能再照它办；它自己什么时候废止的，请核对。',
};

/** State of a version in words for paper and phone, with the caution that the page shows above the text. */
export function wordsOfVersion(law: KnownLaw): Pick<LawExcerpt, 'version' | 'caution'> {
  if (law.genre === 'case') return { version: '典型案例', caution: '' };
  const date = law.versionDate === undefined ? '' : `${law.versionDate} 文本，`;
  const newer = law.newerKnown.map((version) => `有更新的文本：${version}。`).join('');
  return {
    version: `${date}${STATE_WORDS[law.state]}（按本机收录）`,
    caution: `${newer}${CAUTIONS[law.state]}`,
  };
}
