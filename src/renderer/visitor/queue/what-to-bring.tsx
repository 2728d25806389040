import { useTranslation } from 'react-i18next';
import type { ServiceView } from '#shared/contract/views.ts';
import { langOf } from '../language-state.tsx';
import styles from './what-to-bring.module.css';

/** What a guide asks for at the window, in few words: papers and fee. */
export function WhatToBring({ guide: { body, provenance } }: { readonly guide: ServiceView }) {
  const { t } = useTranslation();
  return (
    <div className={styles.bring} lang={langOf(provenance.language)}>
      <p>
        <b>{t('number.fee')}</b> {body.fee.headline}
      </p>
      <p>
        <b>{t('number.bring')}</b>
      </p>
      <ul className={styles.list}>
        {body.materials.map((material) => (
          <li key={material.id}>
            {material.name}
            {material.when !== undefined && (
              <span className={styles.when}> {t('guide.when', { when: material.when })}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
