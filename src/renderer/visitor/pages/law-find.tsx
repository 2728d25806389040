import { MagnifyingGlassIcon } from '@phosphor-icons/react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyboardField } from '../../keyboard/keyboard-field.tsx';
import { useGo } from '../../session/session.ts';
import { useReading, useStation } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Marked } from '../../ui/marked.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';

/** Words within one law. */
export function LawFindPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  /** With what is still being put together on the keyboard. */
  const [draft, setDraft] = useState('');
  const law = useReading(['law', id], (station) => station.laws.get({ law: id }));
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
              autoFocus
              start={<MagnifyingGlassIcon weight="bold" aria-hidden />}
            />
            {draft.trim() !== '' && <Hits id={id} words={draft.trim()} />}
          </>
        )}
      </Reading>
    </PageBody>
  );
}

function Hits({ id, words }: { readonly id: string; readonly words: string }) {
  const { t } = useTranslation();
  const go = useGo();
  const query = useFound(id, words);
  return (
    <Reading query={query}>
      {({ hits, total }) =>
        hits.length === 0 ? (
          <NoHit words={words} />
        ) : (
          <>
            <p role="status">
              {total > hits.length
                ? t('laws.firstHits', { count: total, shown: hits.length })
                : t('laws.hits', { count: total })}
            </p>
            <Rows>
              {hits.map(({ position, label, excerpt }) => (
                <Row
                  key={position}
                  label={label || t('laws.preamble')}
                  detail={<Marked {...excerpt} />}
                  lang="zh-CN"
                  onPress={() => go({ page: 'law-article', id, at: position })}
                />
              ))}
            </Rows>
          </>
        )
      }
    </Reading>
  );
}

/** Nobody is left without somewhere to go: the same words in everything, and somebody to ask. */
function NoHit({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  const go = useGo();
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
function useFound(id: string, words: string) {
  const station = useStation();
  return useQuery({
    queryKey: ['law-find', id, words],
    queryFn: () => station.laws.find({ law: id, query: words }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}
