import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EditRecord, WHOLE_RECORD } from '#shared/contract/editing.ts';
import { useStation } from '../station-client/use-station.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';
import { Pressable } from '../ui/pressable.tsx';
import { Section } from '../ui/section.tsx';
import { AskTwice } from './ask-twice.tsx';
import styles from './staff.module.css';

type Fields = EditRecord['versions'][number]['changes'];

/** What the district said and a person has to decide: a conflict field by field, or a refusal. */
export function Decide({
  record,
  onDone,
}: {
  readonly record: EditRecord;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const station = useStation();
  const { decision, id } = record;
  if (decision === undefined) return null;
  const { seq } = decision;
  if (decision.type === 'conflict') {
    const choose = (own: readonly string[]) => {
      station.editing.decide({ id, seq, own: [...own] }).then(onDone, onDone);
    };
    return decision.over === 'fields' ? (
      <Changes title={t('staff.conflict')} fields={decision.fields} onChoose={choose} />
    ) : (
      <WholeRecord over={decision.over} mayOwn={decision.mayOwn} onChoose={choose} />
    );
  }
  const takeBack = (keep: boolean) => {
    station.editing.takeBack({ id, seq, keep }).then(onDone, onDone);
  };
  return (
    <Callout
      tone="alarm"
      title={t('staff.refused')}
      action={
        <>
          <Action label={t('staff.writeAgain')} onPress={() => takeBack(true)} />
          <Action label={t('staff.giveUp')} onPress={() => takeBack(false)} />
        </>
      }
    >
      {decision.message}
    </Callout>
  );
}

/** One side took the record away while the other changed it: is it to be there, or not? */
function WholeRecord({
  over,
  mayOwn,
  onChoose,
}: {
  readonly over: 'gone' | 'withdrawal';
  readonly mayOwn: boolean;
  readonly onChoose: (own: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <Callout
      tone="warn"
      title={t(`staff.whole.${over}.title`)}
      action={
        <>
          <Action label={t(`staff.whole.${over}.theirs`)} onPress={() => onChoose([])} />
          {mayOwn && (
            <AskTwice
              label={t(`staff.whole.${over}.ours`)}
              onSure={() => onChoose([WHOLE_RECORD])}
            />
          )}
        </>
      }
    >
      {t(`staff.whole.${over}.hint`)}
    </Callout>
  );
}

/** Two values side by side for each field, one of which is chosen. */
export function Changes({
  title,
  fields,
  onChoose,
}: {
  readonly title: string;
  readonly fields: Fields;
  /** Hears for which fields the station's own value is taken. */
  readonly onChoose: (own: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const [own, setOwn] = useState<readonly string[]>([]);
  const choose = (field: string, isOwn: boolean) =>
    setOwn([...own.filter((one) => one !== field), ...(isOwn ? [field] : [])]);
  return (
    <Section title={title}>
      <p>{t('staff.chooseHint')}</p>
      {fields.map(({ field, label, before, after }) => {
        const isOwn = own.includes(field);
        return (
          <fieldset key={field} className={styles.sides} aria-label={label}>
            <strong className={styles.label}>{label}</strong>
            <Side
              isChosen={!isOwn}
              name={t('staff.theirs')}
              text={before}
              onPress={() => choose(field, false)}
            />
            <Side
              isChosen={isOwn}
              name={t('staff.ours')}
              text={after}
              onPress={() => choose(field, true)}
            />
          </fieldset>
        );
      })}
      <Action label={t('staff.decide')} emphasis="primary" onPress={() => onChoose(own)} />
    </Section>
  );
}

function Side({
  name,
  text,
  isChosen,
  onPress,
}: {
  readonly name: string;
  readonly text: string;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}) {
  return (
    <Pressable
      className={`${styles.side} ${isChosen ? styles.on : ''}`}
      aria-pressed={isChosen}
      onPress={onPress}
    >
      <small>{name}</small>
      <span>{text}</span>
    </Pressable>
  );
}
