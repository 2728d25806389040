import { DeviceMobileIcon, PrinterIcon } from '@phosphor-icons/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonCard } from '#shared/contract/people.ts';
import { Action } from '../../ui/action.tsx';
import { Qr } from '../../ui/qr.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import styles from './guide-actions.module.css';
import { PrintButton } from './print-button.tsx';

/** Taking somebody's contact card along: into a phone's address book without any network, or on paper. */
export function ContactActions({ card }: { readonly card: PersonCard }) {
  const { t } = useTranslation();
  const [isTaking, setTaking] = useState(false);
  return (
    <div className={styles.actions}>
      <Action
        label={t('person.take')}
        icon={DeviceMobileIcon}
        emphasis="primary"
        onPress={() => setTaking(true)}
      />
      <PrintButton
        label={t('person.print')}
        icon={PrinterIcon}
        paper={{ type: 'contact-card', id: card.id }}
      />
      <Sheet title={t('person.take')} isOpen={isTaking} onClose={() => setTaking(false)}>
        <Qr text={card.vcard} caption={t('person.takeCaption')} size="large" />
        <Action label={t('close')} onPress={() => setTaking(false)} />
      </Sheet>
    </div>
  );
}
