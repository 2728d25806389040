import { CaretRightIcon } from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import { questionsAhead } from '#shared/content/kinds/triage-faults.ts';
import type { TriageView } from '#shared/contract/triage.ts';
import type { Route } from '../../session/route.ts';
import { useGo, useSession } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { PageBody } from '../../ui/page-body.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Reading } from '../../ui/reading.tsx';
import { LanguageState, langOf } from '../language-state.tsx';
import { AskSomebody } from './ask-somebody.tsx';
import styles from './triage.module.css';
import { TriageEnd } from './triage-end.tsx';
import { Restart } from './triage-restart.tsx';

/** One plain question a page, until the answers lead to an end (V7). */
export function TriagePage({
  id,
  node,
}: {
  readonly id: string;
  readonly node?: string | undefined;
}) {
  const query = useReading(['triage', id], (station, language) =>
    station.triage.get({ id, language }),
  );
  return (
    <PageBody>
      <Reading query={query}>{(triage) => <Node triage={triage} at={node} />}</Reading>
    </PageBody>
  );
}

function Node({ triage, at }: { readonly triage: TriageView; readonly at?: string | undefined }) {
  const { body } = triage;
  const outcome = body.outcomes.find((candidate) => candidate.id === at);
  const end = triage.ends.find((candidate) => candidate.id === at);
  return outcome !== undefined && end !== undefined ? (
    <TriageEnd triage={triage} outcome={outcome} end={end} />
  ) : (
    <Question triage={triage} at={at ?? body.start} />
  );
}

function Question({ triage, at }: { readonly triage: TriageView; readonly at: string }) {
  const { session } = useSession();
  const go = useGo();
  const { body, provenance } = triage;
  const question = body.questions.find((candidate) => candidate.id === at) ?? body.questions[0];
  if (question === undefined) return null;
  const lang = langOf(provenance.language);
  const answered = answersBefore(session.trail);
  const ahead = questionsAhead(body, question.id);
  return (
    <>
      <LanguageState language={provenance.language} />
      <PageTitle title={question.question} above={body.title} lang={lang}>
        {question.help}
      </PageTitle>
      <Progress answered={answered} total={answered + ahead} />
      <div className={styles.answers}>
        {question.options.map((option) => (
          <Pressable
            key={option.id}
            className={styles.answer}
            onPress={() => go({ page: 'triage', id: provenance.id, node: option.next })}
          >
            <span lang={lang}>{option.text}</span>
            <CaretRightIcon className={styles.arrow} weight="bold" aria-hidden />
          </Pressable>
        ))}
      </div>
      {answered > 0 && <Restart id={provenance.id} />}
      <AskSomebody />
    </>
  );
}

function Progress({ answered, total }: { readonly answered: number; readonly total: number }) {
  const { t } = useTranslation();
  const text = t('triage.progress', { number: answered + 1, total });
  return (
    <div className={styles.progress}>
      <div className={styles.marks} aria-hidden>
        {Array.from({ length: total }, (_, mark) => mark).map((mark) => (
          <span key={mark} className={mark <= answered ? styles.done : styles.open} />
        ))}
      </div>
      <p>{text}</p>
    </div>
  );
}

/** How many questions of the way were answered since it began; a new start begins to count anew. */
function answersBefore(trail: readonly Route[]): number {
  const start = trail.findLastIndex((route) => route.page === 'triage' && route.node === undefined);
  return start === -1 ? 0 : trail.length - 1 - start;
}
