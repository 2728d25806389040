import { useTranslation } from 'react-i18next';
import type { BoardItemId } from '#shared/board/disclosure.ts';
import type { DisclosureBoard } from '#shared/contract/views.ts';
import { fullDate } from '../../i18n/dates.ts';
import type { Route } from '../../session/route.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { BoardItem } from './board-item.tsx';

/** Items that have a page of their own elsewhere. */
const ELSEWHERE: Partial<Record<BoardItemId, Route>> = {
  hours: { page: 'station' },
  forms: { page: 'forms' },
  faqs: { page: 'faqs' },
  contacts: { page: 'hotlines' },
};

/** The disclosure board with its eight items: what is published, by whom, when, and what is missing (V3). */
export function BoardPage({ item }: { readonly item?: BoardItemId | undefined }) {
  const query = useReading(['board'], (station, language) =>
    station.board.disclosure({ language }),
  );
  return (
    <PageBody>
      <Reading query={query}>
        {(board) =>
          item === undefined ? <Overview board={board} /> : <BoardItem board={board} item={item} />
        }
      </Reading>
    </PageBody>
  );
}

function Overview({ board }: { readonly board: DisclosureBoard }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <PageTitle title={t('board.title')}>
        {t('board.completeness', { present: board.present, total: board.total })}
      </PageTitle>
      <Rows columns="two">
        {board.items.map((entry) => (
          <Row
            key={entry.id}
            label={t(`board.items.${entry.id}`)}
            detail={detailOf(entry)}
            end={entry.complete ? t('board.complete') : undefined}
            onPress={() => go(ELSEWHERE[entry.id] ?? { page: 'board', item: entry.id })}
          />
        ))}
      </Rows>
    </>
  );

  function detailOf(entry: DisclosureBoard['items'][number]): string {
    if (entry.missing.length > 0)
      return t('board.missing', { items: entry.missing.join(t('join.items')) });
    if (entry.newest === undefined) return t('board.nothing');
    const { publishedAt, responsibleBody } = entry.newest;
    return `${t('board.count', { count: entry.count })} · ${t('record.published', { body: responsibleBody, date: fullDate(t, publishedAt.slice(0, 10)) })}`;
  }
}
