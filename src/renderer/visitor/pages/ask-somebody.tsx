import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { Row, Rows } from '../../ui/row.tsx';

/** The way to a person, for those whom no list and no question helps. */
export function AskSomebody() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Rows columns="two">
      <Row
        label={t('triage.callSomebody')}
        detail={t('triage.callDetail')}
        onPress={() => go({ page: 'hotlines' })}
      />
      <Row
        label={t('triage.askWindow')}
        detail={t('triage.askWindowDetail')}
        onPress={() => go({ page: 'station' })}
      />
    </Rows>
  );
}
