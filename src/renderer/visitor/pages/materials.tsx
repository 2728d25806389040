import {
  FileTextIcon,
  HouseIcon,
  type Icon,
  IdentificationCardIcon,
  ImageIcon,
  MagnifyingGlassIcon,
  MoneyIcon,
  NotePencilIcon,
  StethoscopeIcon,
  UsersIcon,
} from '@phosphor-icons/react';
import { useTranslation } from 'react-i18next';
import type { Material } from '#shared/content/kinds/service.ts';
import { useGo } from '../../session/session.ts';
import { Action } from '../../ui/action.tsx';
import styles from './materials.module.css';

const ICONS: Readonly<Record<Material['icon'], Icon>> = {
  'id-card': IdentificationCardIcon,
  document: FileTextIcon,
  form: NotePencilIcon,
  people: UsersIcon,
  house: HouseIcon,
  money: MoneyIcon,
  medical: StethoscopeIcon,
  photo: ImageIcon,
  evidence: MagnifyingGlassIcon,
};

/** What to bring, as a checklist: original or copy, how many, in which case. */
export function Materials({ materials }: { readonly materials: readonly Material[] }) {
  return (
    <ul className={styles.list}>
      {materials.map((material) => (
        <MaterialItem key={material.id} material={material} />
      ))}
    </ul>
  );
}

function MaterialItem({ material }: { readonly material: Material }) {
  const { t } = useTranslation();
  const go = useGo();
  const IconShape = ICONS[material.icon];
  const { sample } = material;
  const papers = [
    material.original === 'none' ? '' : t(`guide.original.${material.original}`),
    material.copies > 0 ? t('guide.copies', { count: material.copies }) : '',
  ]
    .filter(Boolean)
    .join(t('join.parts'));
  return (
    <li className={styles.item}>
      <IconShape className={styles.icon} weight="duotone" aria-hidden />
      <div className={styles.words}>
        <b>{material.name}</b>
        {papers !== '' && <span className={styles.detail}>{papers}</span>}
        {material.note !== undefined && <span className={styles.detail}>{material.note}</span>}
        {material.when !== undefined && (
          <span className={styles.when}>{t('guide.when', { when: material.when })}</span>
        )}
      </div>
      {sample !== undefined && (
        <Action
          label={t('guide.sampleLink')}
          onPress={() => go({ page: 'form', id: sample, filled: true })}
        />
      )}
    </li>
  );
}
