import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { Row, Rows } from '../../ui/row.tsx';

/** The way to a person, for those whom no list and no question helps; at an end also to those who serve one's community. */
export function AskSomebody({ knowsWho = false }: { readonly knowsWho?: boolean }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Rows columns="two">
      <Row
        label={t('triage.callSomebody')}
        detail={t('triage.callDetail')}
        onPress={() => go({ page: 'hotlines' })}
      />
      {knowsWho && (
        <Row
          label={t('myCommunity.title')}
          detail={t('triage.whoHelps')}
          onPress={() => go({ page: 'my-community' })}
        />
      )}
      <Row
        label={t('triage.askWindow')}
        detail={t('triage.askWindowDetail')}
        onPress={() => go({ page: 'station' })}
      />
    </Rows>
  );
}
