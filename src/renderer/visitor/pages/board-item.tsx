import { useTranslation } from 'react-i18next';
import type { BoardItemId } from '#shared/board/disclosure.ts';
import type { DisclosureBoard } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { AsOf, Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';
import { DutyTable } from './duty-table.tsx';

/** The items of the board that have no page of their own: duty, the nine particulars, pledges, notices. */
export function BoardItem({
  board,
  item,
}: {
  readonly board: DisclosureBoard;
  readonly item: BoardItemId;
}) {
  const { t } = useTranslation();
  const newest = board.items.find(({ id }) => id === item)?.newest;
  return (
    <>
      <PageTitle title={t(`board.items.${item}`)} above={t('board.title')} />
      {item === 'duty' && <DutyTable duty={board.duty} />}
      {item === 'particulars' && <Particulars />}
      {item === 'particulars' && newest && <AsOf newest={newest} />}
      {item === 'pledges' && <Pledges pledges={board.pledges} />}
      {item === 'other' && <Notices notices={board.notices} />}
    </>
  );
}

function Particulars() {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['guides'], (station, language) => station.guides.list({ language }));
  return (
    <Reading query={query}>
      {(guides) =>
        [...Map.groupBy(guides, (guide) => guide.category)].map(([category, members]) => (
          <Section key={category} title={t(`category.${category}.name`)}>
            <Rows columns="two">
              {members.map((guide) => (
                <Row
                  key={guide.id}
                  label={guide.title}
                  end={guide.fee}
                  onPress={() => go({ page: 'guide', id: guide.id })}
                />
              ))}
            </Rows>
          </Section>
        ))
      }
    </Reading>
  );
}

function Pledges({ pledges }: { readonly pledges: DisclosureBoard['pledges'] }) {
  const { t } = useTranslation();
  return pledges.map(({ body, provenance }) => (
    <Section key={provenance.id} title={body.title}>
      <TextList items={body.items} />
      {body.remedy !== '' && <Callout title={t('board.remedy')}>{body.remedy}</Callout>}
      <Provenance provenance={provenance} />
    </Section>
  ));
}

function Notices({ notices }: { readonly notices: DisclosureBoard['notices'] }) {
  const { t } = useTranslation();
  if (notices.length === 0) return <Callout>{t('board.nothing')}</Callout>;
  return notices.map(({ body, provenance }) => (
    <Section key={provenance.id} title={body.title}>
      <Prose text={body.text} />
      <Provenance provenance={provenance} />
    </Section>
  ));
}
