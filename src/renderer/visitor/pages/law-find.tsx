import { MagnifyingGlassIcon } from '@phosphor-icons/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyboardField } from '../../keyboard/keyboard-field.tsx';
import type { Route } from '../../session/route.ts';
import { useSession } from '../../session/session.ts';
import { useReading, useStation } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Marked } from '../../ui/marked.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';

/** Hits that stand on a page. */
const HITS_A_PAGE = 20;

interface LawFindProps {
  readonly id: string;
  /** What was looked for before, when a visitor comes back from what was found. */
  readonly text?: string | undefined;
  /** Which of the pages of what was found, from 0. */
  readonly part?: number | undefined;
}

/** Words within one law. */
export function LawFindPage({ id, text: before = '', part = 0 }: LawFindProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(before);
  /** With what is still being put together on the keyboard. */
  const [draft, setDraft] = useState(before);
  const law = useReading(['law', id], (station) => station.laws.get({ law: id }));
  const wanted = draft.trim();
  return (
    <PageBody>
      <Reading query={law}>
        {({ shortTitle }) => (
          <>
            <PageTitle title={t('laws.find')} above={shortTitle} />
            <KeyboardField
              label={t('laws.findLabel')}
              value={words}
              onChange={setWords}
              onDraft={setDraft}
              placeholder={t('laws.findHint')}
              maxLength={40}
              doneLabel={t('laws.search')}
              autoFocus={before === ''}
              start={<MagnifyingGlassIcon weight="bold" aria-hidden />}
            />
            {wanted !== '' && <Hits id={id} words={wanted} part={wanted === before ? part : 0} />}
          </>
        )}
      </Reading>
    </PageBody>
  );
}

interface HitsProps {
  readonly id: string;
  readonly words: string;
  readonly part: number;
}

function Hits({ id, words, part }: HitsProps) {
  const { t } = useTranslation();
  const { act } = useSession();
  const query = useFound({ id, words, part });
  /** Leaves words and place in the trail, so that the way back leads to the same hits. */
  const stay = (at: number) =>
    act({ type: 'replace', to: { page: 'law-find', id, text: words, part: at } });
  return (
    <Reading query={query}>
      {({ hits, total }) =>
        total === 0 ? (
          <NoHit words={words} onLeave={() => stay(0)} />
        ) : (
          <>
            <p role="status">{t('laws.hits', { count: total })}</p>
            <Rows>
              {hits.map(({ position, label, excerpt }) => (
                <Row
                  key={position}
                  label={label || t('laws.preamble')}
                  detail={<Marked {...excerpt} />}
                  lang="zh-CN"
                  onPress={() => {
                    stay(part);
                    act({ type: 'go', to: { page: 'law-article', id, at: position } });
                  }}
                />
              ))}
            </Rows>
            <Pager part={part} parts={Math.ceil(total / HITS_A_PAGE)} onPart={stay} />
          </>
        )
      }
    </Reading>
  );
}

/** Nobody is left without somewhere to go: the same words in everything, and somebody to ask. */
function NoHit({ words, onLeave }: { readonly words: string; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const { act } = useSession();
  const go = (to: Route) => {
    onLeave();
    act({ type: 'go', to });
  };
  return (
    <>
      <Callout
        action={
          <Action
            label={t('laws.findEverywhere')}
            onPress={() => go({ page: 'search', text: words })}
          />
        }
      >
        {t('laws.noHit', { query: words })}
      </Callout>
      <Action label={t('hotlines.title')} onPress={() => go({ page: 'hotlines' })} />
    </>
  );
}

/** What was found last stays until the next answer comes. None is kept for the next visitor (invariant 8). */
function useFound({ id, words, part }: HitsProps) {
  const station = useStation();
  return useQuery({
    queryKey: ['law-find', id, words, part],
    queryFn: () =>
      station.laws.find({ law: id, query: words, from: part * HITS_A_PAGE, count: HITS_A_PAGE }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
