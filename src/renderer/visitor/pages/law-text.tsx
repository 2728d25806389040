import { HashIcon, ListBulletsIcon } from '@phosphor-icons/react';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LawArticleText, LawView } from '#shared/contract/laws.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Reading } from '../../ui/reading.tsx';
import { ArticlePad } from './article-pad.tsx';
import { LawCaution } from './law-caution.tsx';
import styles from './law-text.module.css';
import { useNear } from './use-near.ts';

interface LawTextPageProps {
  readonly id: string;
  /** The position that is shown first. */
  readonly at?: number | undefined;
}

/** The whole text of a law. Stretches of it are read and drawn as they come near, so that the longest scrolls like a short one. */
export function LawTextPage({ id, at }: LawTextPageProps) {
  const query = useReading(['law', id], (station) => station.laws.get({ law: id }));
  return (
    <PageBody>
      <Reading query={query}>{(law) => <LawText law={law} at={at} />}</Reading>
    </PageBody>
  );
}

function LawText({ law, at }: { readonly law: LawView; readonly at: number | undefined }) {
  const { t } = useTranslation();
  const { act } = useSession();
  const [isJumping, setJumping] = useState(false);
  const wanted = law.stretches.findLast(({ from }) => from <= (at ?? -1));
  return (
    <>
      <PageTitle title={law.shortTitle} above={t('laws.title')} lang="zh-CN" />
      <LawCaution law={law} newerKnown={law.newerKnown} />
      <div className={styles.ways}>
        <Action
          label={t('laws.contents')}
          icon={ListBulletsIcon}
          onPress={() => act({ type: 'replace', to: { page: 'law', id: law.id } })}
        />
        {law.genre !== 'case' && (
          <Action label={t('laws.jump')} icon={HashIcon} onPress={() => setJumping(true)} />
        )}
      </div>
      <ArticlePad
        law={law.id}
        isOpen={isJumping}
        onClose={() => setJumping(false)}
        onFound={(position) => {
          setJumping(false);
          act({ type: 'replace', to: { page: 'law-text', id: law.id, at: position } });
        }}
      />
      <div className={styles.text} lang="zh-CN" data-law-text>
        {law.stretches.map((stretch) => (
          <Stretch
            key={stretch.from}
            law={law}
            stretch={stretch}
            shown={stretch === wanted ? at : undefined}
          />
        ))}
      </div>
    </>
  );
}

interface StretchProps {
  readonly law: LawView;
  readonly stretch: LawView['stretches'][number];
  /** The position in it that must come into sight. */
  readonly shown: number | undefined;
}

/** What the style sheet makes the likely height from. */
type Size = CSSProperties & Readonly<Record<'--letters' | '--count', number>>;

/** A run of articles; until it comes near, an empty place of about its size. */
function Stretch({ law, stretch, shown }: StretchProps) {
  const place = useRef<HTMLElement>(null);
  const isNear = useNear(place) || shown !== undefined;
  const size: Size = { '--letters': stretch.letters, '--count': stretch.count };
  return (
    <section ref={place} className={`${styles.stretch} ${isNear ? '' : styles.empty}`} style={size}>
      {isNear && <Articles law={law} stretch={stretch} shown={shown} />}
    </section>
  );
}

function Articles({ law, stretch, shown }: StretchProps) {
  const { from, count } = stretch;
  const { data } = useReading(['law-articles', law.id, from], (station) =>
    station.laws.articles({ law: law.id, from, count }),
  );
  return data?.map((article) => (
    <Article
      key={article.position}
      law={law}
      article={article}
      isShown={article.position === shown}
    />
  ));
}

interface ArticleProps {
  readonly law: LawView;
  readonly article: LawArticleText;
  readonly isShown: boolean;
}

function Article({ law, article, isShown }: ArticleProps) {
  const { t } = useTranslation();
  const go = useGo();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isShown) return;
    // The page starts at its top first.
    const frame = requestAnimationFrame(() => place.current?.scrollIntoView({ block: 'start' }));
    return () => cancelAnimationFrame(frame);
  }, [isShown]);
  return (
    <div ref={place} className={`${styles.article} ${isShown ? styles.shown : ''}`}>
      {law.outline
        .filter(({ position }) => position === article.position)
        .map(({ heading, level }) => (
          <h3 key={heading} className={level === 1 ? styles.wide : styles.narrow}>
            {heading}
          </h3>
        ))}
      <Pressable
        className={styles.label}
        data-target="secondary"
        onPress={() => go({ page: 'law-article', id: law.id, at: article.position })}
      >
        {article.label || t('laws.preamble')}
      </Pressable>
      {article.text.split('\n').map((paragraph, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs may be alike, and a text never changes
        <p key={at}>{paragraph}</p>
      ))}
    </div>
  );
}
