import { actKey, gap, type Key, type Layout, type LayoutId, textKeys } from './layout.ts';

/** The last row: to the next layout, to the symbols, space between two marks, and the end of the entry. */
const lastRow = (comma: Key, stop: Key): Key[] => [
  actKey('next-layout', 1.5),
  actKey('symbols', 1.5),
  comma,
  actKey('space', 3),
  stop,
  actKey('done', 2),
];

const chineseSymbols: Layout = {
  id: 'symbols',
  lang: 'zh-CN',
  name: '123',
  columns: 10,
  rows: [
    textKeys('1234567890'),
    textKeys('，。、？！：；（）·'),
    [...textKeys('-/@.《》“”'), actKey('delete', 2)],
    [actKey('letters', 3), actKey('space', 5), actKey('done', 2)],
  ],
};

const latinSymbols: Layout = {
  id: 'latin-symbols',
  lang: 'en',
  name: '123',
  columns: 10,
  rows: [
    textKeys('1234567890'),
    textKeys('.,?!:;()&"'),
    [...textKeys("-/@'_+#%"), actKey('delete', 2)],
    [actKey('letters', 3), actKey('space', 5), actKey('done', 2)],
  ],
};

const arabicSymbols: Layout = {
  id: 'arabic-symbols',
  lang: 'ug-CN',
  name: '123',
  columns: 10,
  rows: [
    textKeys('1234567890'),
    textKeys('.،؟!:؛()«»'),
    [...textKeys('-/@+#%_&'), actKey('delete', 2)],
    [actKey('letters', 3), actKey('space', 5), actKey('done', 2)],
  ],
};

/** The digits of a code point, for a character whose reading nobody knows; shown while `u` begins the letters. */
export const CODE_LAYOUT: Layout = {
  id: 'code',
  lang: 'zh-CN',
  name: 'U+',
  columns: 10,
  composes: 'pinyin',
  rows: [
    textKeys('1234567890'),
    [...textKeys('ABCDEF'), actKey('delete', 4)],
    [actKey('space', 5), actKey('done', 5)],
  ],
};

const pinyin: Layout = {
  id: 'pinyin',
  lang: 'zh-CN',
  name: '中文',
  columns: 10,
  composes: 'pinyin',
  symbols: chineseSymbols,
  rows: [
    textKeys('qwertyuiop'),
    [gap(0.5), ...textKeys('asdfghjkl'), gap(0.5)],
    [gap(0.5), ...textKeys('zxcvbnm'), actKey('delete', 2.5)],
    lastRow({ type: 'text', text: '，', composing: "'" }, { type: 'text', text: '。' }),
  ],
};

const latin: Layout = {
  id: 'latin',
  lang: 'en',
  name: 'English',
  face: 'ABC',
  columns: 10,
  symbols: latinSymbols,
  rows: [
    textKeys('qwertyuiop'),
    [gap(0.5), ...textKeys('asdfghjkl'), gap(0.5)],
    [actKey('shift', 1.5), ...textKeys('zxcvbnm'), actKey('delete', 1.5)],
    lastRow({ type: 'text', text: ',' }, { type: 'text', text: '.' }),
  ],
};

/** The places of the letters are those of the Uyghur keyboard of personal computers; what is shifted there has a key here. */
const uyghur: Layout = {
  id: 'uyghur',
  lang: 'ug-CN',
  name: 'ئۇيغۇرچە',
  columns: 10,
  symbols: arabicSymbols,
  rows: [
    textKeys('چۋېرتيۇڭوپ'),
    textKeys('ھسداەىقكلخ'),
    textKeys('زشغۈبنمفگج'),
    [...textKeys('ژۆئ،'), actKey('space', 3.5), actKey('delete', 2.5)],
    [actKey('next-layout', 3), actKey('symbols', 2), ...textKeys('؟.'), actKey('done', 3)],
  ],
};

/** Letters that Uyghur has, too, keep their places, for those who know both. */
const kazakh: Layout = {
  id: 'kazakh',
  lang: 'kk-Arab-CN',
  name: 'قازاقشا',
  columns: 10,
  symbols: arabicSymbols,
  rows: [
    textKeys('چۋەرتيۇڭوپ'),
    textKeys('ھسداىقكلجگ'),
    // The last is the high hamza U+0674, which makes a Kazakh word's vowels front; it looks like U+0621.
    textKeys('زشعۆبنمفح\u0674'),
    [...textKeys('،؟.'), actKey('space', 4.5), actKey('delete', 2.5)],
    [actKey('next-layout', 4), actKey('symbols', 3), actKey('done', 3)],
  ],
};

/** For phone numbers, codes and PINs; X is the last place of some identity numbers. */
const digits: Layout = {
  id: 'digits',
  lang: 'zh-CN',
  name: '123',
  columns: 4,
  rows: [
    [...textKeys('123'), actKey('delete')],
    [...textKeys('456'), actKey('clear')],
    [...textKeys('789'), actKey('next-layout')],
    [...textKeys('X0-'), actKey('done')],
  ],
};

/** For the address of a computer: `192.168.1.20:7443`; one that has letters is typed on the letters' keyboard. */
const address: Layout = {
  id: 'address',
  lang: 'en',
  name: '123',
  columns: 4,
  rows: [
    [...textKeys('123'), actKey('delete')],
    [...textKeys('456'), actKey('clear')],
    [...textKeys('789'), actKey('next-layout')],
    [...textKeys('.0:'), actKey('done')],
  ],
};

export const LAYOUTS: Readonly<Record<LayoutId, Layout>> = {
  pinyin,
  latin,
  digits,
  address,
  uyghur,
  kazakh,
};
