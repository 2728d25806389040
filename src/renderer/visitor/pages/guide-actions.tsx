import { DeviceMobileIcon, PrinterIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import styles from './guide-actions.module.css';
import { PrintButton } from './print-button.tsx';

/** Taking the one-time notice along: on paper, or on a phone without any network. */
export function GuideActions({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [isTaking, setTaking] = useState(false);
  return (
    <div className={styles.actions}>
      <Action
        label={t('guide.takeaway')}
        icon={DeviceMobileIcon}
        emphasis="primary"
        onPress={() => setTaking(true)}
      />
      <PrintButton
        label={t('guide.print')}
        icon={PrinterIcon}
        paper={{ type: 'one-time-notice', id }}
      />
      <Sheet title={t('guide.takeaway')} isOpen={isTaking} onClose={() => setTaking(false)}>
        <Takeaway id={id} />
        <Action label={t('close')} onPress={() => setTaking(false)} />
      </Sheet>
    </div>
  );
}

function Takeaway({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const query = useReading(['takeaway', id], (station, language) =>
    station.guides.takeaway({ id, language }),
  );
  return (
    <Reading query={query}>
      {({ text }) => <Qr text={text} caption={t('guide.takeawayCaption')} size="large" />}
    </Reading>
  );
}
