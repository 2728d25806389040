import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../ui/action.tsx';

/** Something that is not done at the first touch. */
export function AskTwice({
  label,
  onSure,
}: {
  readonly label: string;
  readonly onSure: () => void;
}) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  return (
    <Action
      label={isAsked ? t('staff.sure', { action: label }) : label}
      emphasis="danger"
      onPress={() => (isAsked ? onSure() : setAsked(true))}
    />
  );
}
