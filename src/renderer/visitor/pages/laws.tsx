import { MagnifyingGlassIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyboardField } from '../../keyboard/keyboard-field.tsx';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Callout } from '../../ui/callout.tsx';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { lawDetail } from './law-words.ts';
import styles from './laws.module.css';

/** Laws on a page of the list; a category has hundreds. */
const LAWS_A_PAGE = 20;

interface LawsPageProps {
  /** All laws when absent. */
  readonly category?: string | undefined;
  /** How many stand on the pages before. */
  readonly from: number;
}

/** Laws of a category, or all, to be found by their titles. */
export function LawsPage({ category, from }: LawsPageProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState('');
  const start = title === '' ? from : 0;
  const query = useReading(['laws', category, title, start], (station) =>
    station.laws.list({ category, title: title || undefined, from: start, count: LAWS_A_PAGE }),
  );
  return (
    <PageBody>
      <PageTitle
        title={category ?? t('laws.all')}
        above={t('laws.title')}
        lang={category === undefined ? undefined : 'zh-CN'}
      />
      <KeyboardField
        label={t('laws.findTitle')}
        value={title}
        onChange={setTitle}
        placeholder={t('laws.findTitleHint')}
        maxLength={40}
        start={<MagnifyingGlassIcon weight="bold" aria-hidden />}
      />
      <Reading query={query}>
        {({ laws, total }) =>
          laws.length === 0 && title !== '' ? (
            <Callout>{t('laws.noTitle', { title })}</Callout>
          ) : (
            <>
              <LawRows laws={laws} />
              {title === '' && total > LAWS_A_PAGE && (
                <Pager category={category} from={start} total={total} />
              )}
            </>
          )
        }
      </Reading>
    </PageBody>
  );
}

function LawRows({ laws }: { readonly laws: readonly Parameters<typeof lawDetail>[1][] }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Rows>
      {laws.map((law) => (
        <Row
          key={law.id}
          label={law.shortTitle}
          detail={lawDetail(t, law)}
          lang="zh-CN"
          onPress={() => go({ page: 'law', id: law.id })}
        />
      ))}
    </Rows>
  );
}

function Pager({ category, from, total }: LawsPageProps & { readonly total: number }) {
  const { t } = useTranslation();
  const { act } = useSession();
  const turn = (to: number) => act({ type: 'replace', to: { page: 'laws', category, from: to } });
  return (
    <div className={styles.pager}>
      <Action
        label={t('laws.previousPage')}
        isDisabled={from === 0}
        onPress={() => turn(Math.max(0, from - LAWS_A_PAGE))}
      />
      <span className={styles.place}>
        {t('laws.pageOf', {
          page: Math.floor(from / LAWS_A_PAGE) + 1,
          pages: Math.ceil(total / LAWS_A_PAGE),
        })}
      </span>
      <Action
        label={t('laws.nextPage')}
        isDisabled={from + LAWS_A_PAGE >= total}
        onPress={() => turn(from + LAWS_A_PAGE)}
      />
    </div>
  );
}
