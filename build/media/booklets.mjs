/** The booklets of the starter pack: articles of assets/starter/reading set as PDF, always the same bytes from the same text. */
import { readBarePack } from '../../src/main/station/packs/profile-pack.ts';
import { pdfMaker } from '../../src/main/station/papers/pdf.ts';
import { bookletPaper } from '../../src/shared/papers/pamphlet-paper.ts';
import { inRoot } from '../setup/paths.mjs';

const FOOT = '2026 年 11 月编印 · 免费取阅，仅供参考，以现行法律和窗口告知为准；咨询电话 12348';
const PRINTED = Date.parse('2026-11-01T00:00:00+08:00');

const BOOKLETS = [
  {
    id: 'media.booklet-work',
    title: '打工维权小册子',
    description: '工钱怎么要、证据怎么留、哪天以前要办、怎么申请法律援助和调解，一册带走。',
    articles: ['wages-evidence', 'limitation', 'legal-aid', 'mediation', 'traffic'],
  },
  {
    id: 'media.booklet-family',
    title: '居家过日子法律小册子',
    description: '离婚、遗产、租房、借条、防骗和孩子在学校的事，一册带走。',
    articles: ['divorce', 'inherit', 'rent', 'iou', 'elder-fraud', 'minor', 'consumer'],
  },
];

/** Each booklet with its file. */
export async function makeBooklets() {
  const { records, faults } = readBarePack(inRoot('assets', 'starter'));
  // Other files may name records that are only now being made.
  const fault = faults.find(({ file }) => file.endsWith('articles.yaml'));
  if (fault !== undefined) throw new Error(`${fault.file}: ${fault.fault}`);
  const bodies = new Map(records.map(({ record }) => [record.id, record.body]));
  const makePdf = pdfMaker();
  const made = [];
  for (const { articles, ...booklet } of BOOKLETS) {
    const paper = bookletPaper(
      booklet.title,
      articles.map((name) => bodies.get(`article.${name}`)),
      FOOT,
    );
    made.push({ ...booklet, bytes: await makePdf(paper, PRINTED) });
  }
  return made;
}
