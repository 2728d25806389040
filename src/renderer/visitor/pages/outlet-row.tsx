import { useTranslation } from 'react-i18next';
import type { StationSummary } from '#shared/contract/views.ts';
import { useGo } from '../../session/session.ts';
import { Row } from '../../ui/row.tsx';

/** An outlet in a list: its name, where it is, and whether it is open at this moment. */
export function OutletRow({ outlet }: { readonly outlet: StationSummary }) {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Row
      label={outlet.name}
      detail={outlet.address}
      lang="zh-CN"
      end={
        outlet.open.state === 'open'
          ? t('header.open')
          : outlet.open.state === 'break'
            ? t('header.break')
            : undefined
      }
      onPress={() => go({ page: 'station', code: outlet.code })}
    />
  );
}
