import { MagnifyingGlassIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyboardField } from '../../keyboard/keyboard-field.tsx';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';

/** Words within one law. */
export function LawFindPage({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
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
              placeholder={t('laws.findHint')}
              maxLength={40}
              doneLabel={t('laws.search')}
              autoFocus
              start={<MagnifyingGlassIcon weight="bold" aria-hidden />}
            />
            {words.trim() !== '' && <Hits id={id} words={words} />}
          </>
        )}
      </Reading>
    </PageBody>
  );
}

function Hits({ id, words }: { readonly id: string; readonly words: string }) {
  const { t } = useTranslation();
  const go = useGo();
  const query = useReading(['law-find', id, words], (station) =>
    station.laws.find({ law: id, query: words }),
  );
  return (
    <Reading query={query}>
      {({ hits, total }) =>
        hits.length === 0 ? (
          <Callout>{t('laws.noHit', { query: words })}</Callout>
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
                  detail={excerpt}
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
