import { formatBoard } from '#shared/board/disclosure.ts';
import { disclosureBoard } from '../../board/disclosure-board.ts';
import { attention, type Check, notApplicable, ok } from '../check.ts';

/** Whether the disclosure board of this outlet is whole today. */
export const board: Check = {
  id: 'board',
  title: '信息公示',
  look: ({ place }) => {
    if (place === undefined) return notApplicable('还没有内容。');
    const { items, present, total } = disclosureBoard(place.library, place.stations, 'zh-CN');
    return present === total
      ? ok(`信息公示齐全（${total} 项）。`)
      : attention(`信息公示不全：${formatBoard(items)}。`, '请让编辑人员把缺的补上。');
  },
};
