import { MagnifyingGlassIcon } from '@phosphor-icons/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchAnswer, SearchKind } from '#shared/contract/search.ts';
import { KeyboardField } from '../../keyboard/keyboard-field.tsx';
import type { Route } from '../../session/route.ts';
import { useSession } from '../../session/session.ts';
import {
  useContentLanguage,
  useHomeReading,
  useStation,
} from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { langOf } from '../language-state.tsx';
import styles from './search.module.css';
import { SearchResults } from './search-results.tsx';

/** What fits on a line of the narrowest screen; longer questions are seldom better ones. */
const LONGEST = 60;
const HITS_OF_ALL = 4;
const HITS_OF_ONE = 40;

/** One box over everything; answers stand below it while one types (V4). */
export function SearchPage({ text: before = '' }: { readonly text?: string | undefined }) {
  const { t } = useTranslation();
  const { act } = useSession();
  const [text, setText] = useState(before);
  /** With what is still being put together on the keyboard. */
  const [draft, setDraft] = useState(before);
  const [kind, setKind] = useState<SearchKind>();
  const answer = useAnswer(draft.trim(), kind);
  /** Leaves the words in the trail, so that the way back leads to the same answers. */
  const open = (to: Route) => {
    act({ type: 'replace', to: { page: 'search', text: draft } });
    act({ type: 'go', to });
  };
  return (
    <PageBody>
      <h2 className={styles.unseen}>{t('search.title')}</h2>
      <div className={styles.box}>
        <KeyboardField
          label={t('search.label')}
          isLabelHidden
          placeholder={t('search.placeholder')}
          value={text}
          onChange={setText}
          onDraft={(words) => {
            setDraft(words);
            setKind(undefined);
          }}
          maxLength={LONGEST}
          autoFocus={before === ''}
          doneLabel={t('search.go')}
          start={<MagnifyingGlassIcon weight="bold" aria-hidden />}
        />
      </div>
      {draft.trim() === '' ? (
        <CommonQuestions onOpen={open} />
      ) : (
        <Reading query={answer}>
          {(found) => <SearchResults answer={found} kind={kind} onKind={setKind} onOpen={open} />}
        </Reading>
      )}
    </PageBody>
  );
}

/** While new content is being laid out for the search, seconds after a first start, an answer may lack what is there soon. */
const ASK_AGAIN_MS = 1500;

/**
 * The answer to the words as they stand now. Until it comes the last one stays; one that comes too late is not shown. None
 * is kept: the next visitor must not find what this one asked (invariant 8).
 */
function useAnswer(text: string, kind: SearchKind | undefined) {
  const station = useStation();
  const language = useContentLanguage();
  return useQuery<SearchAnswer>({
    queryKey: ['search', text, kind, language],
    queryFn: () =>
      station.search.query({
        text,
        language,
        ...(kind === undefined ? { limit: HITS_OF_ALL } : { kinds: [kind], limit: HITS_OF_ONE }),
      }),
    enabled: text !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data?.complete === false ? ASK_AGAIN_MS : false),
  });
}

/** What others ask, for those who do not know how to begin. */
function CommonQuestions({ onOpen }: { readonly onOpen: (to: Route) => void }) {
  const { t } = useTranslation();
  const query = useHomeReading();
  return (
    <>
      <p className={styles.hint}>{t('search.hint')}</p>
      <Reading query={query}>
        {({ commonQuestions }) => (
          <Section title={t('home.ask')}>
            <Rows columns="two">
              {commonQuestions.map((question) => (
                <Row
                  key={question.id}
                  label={question.question}
                  lang={langOf(question.language)}
                  onPress={() => onOpen({ page: 'faq', id: question.id })}
                />
              ))}
            </Rows>
          </Section>
        )}
      </Reading>
    </>
  );
}
