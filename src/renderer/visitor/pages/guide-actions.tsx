import { DeviceMobileIcon, PrinterIcon, TicketIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGo } from '../../session/session.ts';
import { useReading } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Reading } from '../../ui/reading.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import styles from './guide-actions.module.css';
import { PrintButton } from './print-button.tsx';

/** Taking a number for it, and taking the one-time notice along: on paper, or on a phone without any network. */
export function GuideActions({
  id,
  takesNumber,
}: {
  readonly id: string;
  readonly takesNumber: boolean;
}) {
  const { t } = useTranslation();
  const go = useGo();
  const [isTaking, setTaking] = useState(false);
  return (
    <div className={styles.actions}>
      {takesNumber && (
        <Action
          label={t('take.fromGuide')}
          icon={TicketIcon}
          emphasis="primary"
          onPress={() => go({ page: 'take', guide: id })}
        />
      )}
      <Action
        label={t('guide.takeaway')}
        icon={DeviceMobileIcon}
        emphasis={takesNumber ? 'plain' : 'primary'}
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
