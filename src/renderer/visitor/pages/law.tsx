import { BookOpenTextIcon, HashIcon, MagnifyingGlassIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LawView } from '#shared/contract/laws.ts';
import { fullDate } from '../../i18n/dates.ts';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Facts } from '../../ui/facts.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { ArticlePad } from './article-pad.tsx';
import styles from './law.module.css';
import { LawCaution } from './law-caution.tsx';

/** A law before it is read: whether it holds, its contents, how to find a place in it, and where it comes from. */
export function LawPage({ id }: { readonly id: string }) {
  const query = useReading(['law', id], (station) => station.laws.get({ law: id }));
  return (
    <PageBody>
      <Reading query={query}>{(law) => <Law law={law} />}</Reading>
    </PageBody>
  );
}

function Law({ law }: { readonly law: LawView }) {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={law.title} above={`${t('laws.title')} › ${law.category}`} lang="zh-CN">
        {law.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </PageTitle>
      <LawCaution law={law} newerKnown={law.newerKnown} />
      {law.genre !== 'case' && <State law={law} />}
      <WaysIn law={law} />
      {law.outline.length > 0 && <Contents law={law} />}
      {law.allVersions.length > 1 && <Versions law={law} />}
      {law.history.length > 0 && (
        <Section title={t('laws.history')}>
          <ul className={styles.history} lang="zh-CN">
            {law.history.map(({ date, event }) => (
              <li key={`${date} ${event}`}>
                <b>{fullDate(t, date)}</b> <bdi>{event}</bdi>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Callout>{t('laws.check')}</Callout>
    </>
  );
}

function State({ law }: { readonly law: LawView }) {
  const { t } = useTranslation();
  const { inForceFrom, versionDate } = law;
  const day =
    inForceFrom === undefined
      ? versionDate && t('laws.of', { date: fullDate(t, versionDate) })
      : t('laws.from', { date: fullDate(t, inForceFrom) });
  return (
    <Facts
      facts={[
        { id: 'state', label: day ?? '', value: t(`laws.state.${law.state}`) },
        {
          id: 'length',
          label: t('laws.versions', { count: law.versions }),
          value: t('laws.articles', { count: law.articles }),
        },
      ]}
    />
  );
}

function WaysIn({ law }: { readonly law: LawView }) {
  const { t } = useTranslation();
  const go = useGo();
  const [isJumping, setJumping] = useState(false);
  return (
    <div className={styles.ways}>
      <Action
        label={t('laws.read')}
        icon={BookOpenTextIcon}
        emphasis="primary"
        onPress={() => go({ page: 'law-text', id: law.id })}
      />
      {law.genre !== 'case' && (
        <Action label={t('laws.jump')} icon={HashIcon} onPress={() => setJumping(true)} />
      )}
      <Action
        label={t('laws.find')}
        icon={MagnifyingGlassIcon}
        onPress={() => go({ page: 'law-find', id: law.id })}
      />
      <ArticlePad
        law={law.id}
        isOpen={isJumping}
        onClose={() => setJumping(false)}
        onFound={(at) => {
          setJumping(false);
          go({ page: 'law-article', id: law.id, at });
        }}
      />
    </div>
  );
}

/** Parts, chapters and sections, the wider ones larger. */
function Contents({ law }: { readonly law: LawView }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Section title={t('laws.contents')}>
      <div className={styles.contents} lang="zh-CN">
        {law.outline.map(({ level, heading, position }, at) => (
          <Pressable
            // biome-ignore lint/suspicious/noArrayIndexKey: headings may stand twice, and the outline never changes
            key={at}
            className={`${styles.heading} ${styles[`level${Math.min(level, 3)}`]}`}
            data-target="secondary"
            onPress={() => go({ page: 'law-text', id: law.id, at: position })}
          >
            {heading}
          </Pressable>
        ))}
      </div>
    </Section>
  );
}

function Versions({ law }: { readonly law: LawView }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Section title={t('laws.otherVersions')}>
      <Rows columns="two">
        {law.allVersions
          .filter(({ id }) => id !== law.id)
          .map(({ id, state, versionDate }) => (
            <Row
              key={id}
              label={
                versionDate === undefined
                  ? law.shortTitle
                  : t('laws.of', { date: fullDate(t, versionDate) })
              }
              detail={t(`laws.state.${state}`)}
              onPress={() => go({ page: 'law', id })}
            />
          ))}
      </Rows>
    </Section>
  );
}
