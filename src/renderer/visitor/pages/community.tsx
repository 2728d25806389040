import { useTranslation } from 'react-i18next';
import type { CommunityBoard } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Prose } from '../../ui/prose.tsx';
import { AsOf, Provenance } from '../../ui/provenance.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { TextList } from '../../ui/text-list.tsx';

/** The board of a community workroom (requirements WH: adviser, catalogue, process, policies, supervision). */
export function CommunityPage() {
  const query = useReading(['community'], (station, language) =>
    station.board.community({ language }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(board) => <Board board={board} />}</Reading>
    </PageBody>
  );
}

function Board({ board }: { readonly board: CommunityBoard }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      <PageTitle title={t('community.title')} above={board.station.name} />
      <Section title={t('community.adviser')}>
        <Adviser adviser={board.adviser} />
      </Section>
      <Section title={t('community.process')}>
        {board.process === undefined ? (
          <Callout>{t('community.noProcess')}</Callout>
        ) : (
          <>
            <TextList items={board.process.body.items} />
            <Provenance provenance={board.process.provenance} />
          </>
        )}
      </Section>
      {board.supervision && (
        <Section title={t('community.supervision')}>
          <Facts
            facts={[
              {
                id: 'supervision',
                label: board.supervision.body.name,
                value: board.supervision.body.number,
              },
            ]}
          />
          <Provenance provenance={board.supervision.provenance} />
        </Section>
      )}
      {board.policies.length > 0 && (
        <Section title={t('community.policies')}>
          {board.policies.map(({ body, provenance }) => (
            <div key={provenance.id}>
              <b>{body.title}</b>
              <Prose text={body.text} />
              <Provenance provenance={provenance} />
            </div>
          ))}
        </Section>
      )}
      <Section title={t('community.catalogue')}>
        <Rows columns="two">
          {board.catalogue.map((guide) => (
            <Row
              key={guide.id}
              label={guide.title}
              end={guide.fee}
              onPress={() => go({ page: 'guide', id: guide.id })}
            />
          ))}
        </Rows>
        {board.catalogueNewest && <AsOf newest={board.catalogueNewest} />}
      </Section>
    </>
  );
}

function Adviser({ adviser }: { readonly adviser: CommunityBoard['adviser'] }) {
  const { t } = useTranslation();
  if (adviser === undefined) return <Callout>{t('community.noAdviser')}</Callout>;
  return (
    <>
      <Facts
        facts={[
          {
            id: 'name',
            label: [t('community.adviser'), adviser.sample ? t('duty.sample') : '']
              .filter(Boolean)
              .join(' · '),
            value: adviser.name,
          },
          {
            id: 'contact',
            label: t('community.contact'),
            value: adviser.contact ?? t('station.unknown'),
          },
          {
            id: 'hours',
            label: t('community.hours'),
            value: adviser.hours.join(t('join.sentences')) || t('station.unknown'),
          },
        ]}
      />
      <p>{t('community.duty', { duty: adviser.duty })}</p>
      <Provenance provenance={adviser.provenance} />
    </>
  );
}
