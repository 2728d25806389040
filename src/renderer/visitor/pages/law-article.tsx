import { BookOpenTextIcon, DeviceMobileIcon, PrinterIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LawArticleView, LawLink } from '#shared/contract/laws.ts';
import { inTitleMarks } from '#shared/laws/law-title.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { placeOf } from './basis.tsx';
import styles from './law-article.module.css';
import { LawCaution } from './law-caution.tsx';
import { PrintButton } from './print-button.tsx';

interface LawArticlePageProps {
  readonly id: string;
  readonly at: number;
}

/** One article, large, with what it leads to and what leads to it. */
export function LawArticlePage({ id, at }: LawArticlePageProps) {
  const query = useReading(['law-article', id, at], (station) =>
    station.laws.article({ law: id, position: at }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(article) => <Article article={article} />}</Reading>
    </PageBody>
  );
}

function Article({ article }: { readonly article: LawArticleView }) {
  const { t } = useTranslation();
  const { law, label, above } = article;
  return (
    <>
      <PageTitle
        title={`${inTitleMarks(law.shortTitle)}${label}`}
        above={above.length > 0 ? above.join(' › ') : law.category}
        lang="zh-CN"
      />
      <LawCaution law={law} newerKnown={article.newerKnown} />
      <div className={styles.text} lang="zh-CN">
        {article.text.split('\n').map((paragraph, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs may be alike, and a text never changes
          <p key={at}>{paragraph}</p>
        ))}
      </div>
      <Turn article={article} />
      <Take article={article} />
      <LawLinks title={t('laws.cites')} links={article.cites} />
      <ContentLinks article={article} />
      <LawLinks
        title={t('laws.citedLaws', { count: article.citedBy.lawsInAll })}
        links={article.citedBy.laws}
      />
      <Callout>{t('laws.check')}</Callout>
    </>
  );
}

/** To the articles beside it and to the whole text. Turning pages leaves no trail: back leads where one came from. */
function Turn({
  article: { law, position, previous, next },
}: {
  readonly article: LawArticleView;
}) {
  const { t } = useTranslation();
  const { act } = useSession();
  const go = useGo();
  const turn = (at: number | undefined) =>
    at !== undefined && act({ type: 'replace', to: { page: 'law-article', id: law.id, at } });
  return (
    <div className={styles.actions}>
      <Action
        label={t('laws.previous')}
        isDisabled={previous === undefined}
        onPress={() => turn(previous)}
      />
      <Action label={t('laws.next')} isDisabled={next === undefined} onPress={() => turn(next)} />
      <Action
        label={t('laws.whole')}
        icon={BookOpenTextIcon}
        onPress={() => go({ page: 'law-text', id: law.id, at: position })}
      />
    </div>
  );
}

function Take({ article: { law, position } }: { readonly article: LawArticleView }) {
  const { t } = useTranslation();
  const [isTaking, setTaking] = useState(false);
  return (
    <div className={styles.actions}>
      <Action
        label={t('laws.takeaway')}
        icon={DeviceMobileIcon}
        emphasis="primary"
        onPress={() => setTaking(true)}
      />
      <PrintButton
        label={t('laws.print')}
        icon={PrinterIcon}
        paper={{ type: 'law-article', id: law.id, position }}
      />
      <Sheet title={t('laws.takeaway')} isOpen={isTaking} onClose={() => setTaking(false)}>
        <Takeaway law={law.id} position={position} />
        <Action label={t('close')} onPress={() => setTaking(false)} />
      </Sheet>
    </div>
  );
}

function Takeaway({ law, position }: { readonly law: string; readonly position: number }) {
  const { t } = useTranslation();
  const query = useReading(['law-takeaway', law, position], (station) =>
    station.laws.takeaway({ law, position }),
  );
  return (
    <Reading query={query}>
      {({ text }) => <Qr text={text} caption={t('laws.takeawayCaption')} size="large" />}
    </Reading>
  );
}

function LawLinks({
  title,
  links,
}: {
  readonly title: string;
  readonly links: readonly LawLink[];
}) {
  const go = useGo();
  if (links.length === 0) return null;
  return (
    <Section title={title}>
      <Rows>
        {links.map((link) => (
          <Row
            key={`${link.law} ${link.position}`}
            label={link.label}
            detail={link.text === '' ? undefined : link.text}
            lang="zh-CN"
            onPress={() => go(placeOf(link))}
          />
        ))}
      </Rows>
    </Section>
  );
}

function ContentLinks({ article: { citedBy } }: { readonly article: LawArticleView }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <>
      {citedBy.guides.length > 0 && (
        <Section title={t('laws.citedGuides')}>
          <Rows columns="two">
            {citedBy.guides.map(({ id, title }) => (
              <Row key={id} label={title} lang="zh-CN" onPress={() => go({ page: 'guide', id })} />
            ))}
          </Rows>
        </Section>
      )}
      {citedBy.faqs.length > 0 && (
        <Section title={t('laws.citedFaqs')}>
          <Rows columns="two">
            {citedBy.faqs.map(({ id, title }) => (
              <Row key={id} label={title} lang="zh-CN" onPress={() => go({ page: 'faq', id })} />
            ))}
          </Rows>
        </Section>
      )}
    </>
  );
}
