import { useTranslation } from 'react-i18next';
import type { ChosenAnswer } from '#shared/contract/staff.ts';

/** Why a log-in or a new PIN was not taken, in one sentence. */
export function Refusal({
  answer,
  wrong,
}: {
  readonly answer: ChosenAnswer;
  /** What to say when what was typed is not right. */
  readonly wrong: string;
}) {
  const { t } = useTranslation();
  if (answer.state === 'in') return null;
  if (answer.state === 'fault') return t('desk.weak');
  return answer.waitSeconds > 0 ? t('desk.wait', { seconds: answer.waitSeconds }) : wrong;
}
