import { BackspaceIcon } from '@phosphor-icons/react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StationError } from '#shared/contract/errors.ts';
import {
  type ArticleNumber,
  formatArticleNumber,
  INSERTED_MARK,
} from '#shared/laws/article-number.ts';
import { useStation } from '../../station-client/use-station.ts';
import { Action } from '../../ui/action.tsx';
import { Pressable } from '../../ui/pressable.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import styles from './article-pad.module.css';

interface ArticlePadProps {
  readonly law: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onFound: (position: number) => void;
}

/** A pad of digits that leads to an article by its number. */
export function ArticlePad(props: ArticlePadProps) {
  const { t } = useTranslation();
  return (
    <Sheet title={t('laws.jumpTitle')} isOpen={props.isOpen} onClose={props.onClose}>
      <Pad {...props} />
    </Sheet>
  );
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** What was typed: digits, then perhaps the mark of an inserted article and its digits. */
const NUMBER = new RegExp(`^[1-9]\\d{0,3}(?:${INSERTED_MARK}(?:[1-9]\\d?)?)?$`);

function Pad({ law, onClose, onFound }: ArticlePadProps) {
  const { t } = useTranslation();
  const station = useStation();
  const [typed, setTyped] = useState('');
  const wanted = numberOf(typed);
  const find = useMutation({
    mutationFn: (number: ArticleNumber) => station.laws.byNumber({ law, ...number }),
    onSuccess: ({ position }) => onFound(position),
  });
  const type = (key: string) => {
    find.reset();
    setTyped((before) => (NUMBER.test(before + key) ? before + key : before));
  };
  return (
    <div className={styles.pad}>
      <output className={styles.shown} lang="zh-CN">
        {wanted === undefined ? t('laws.typeNumber') : formatArticleNumber(wanted)}
      </output>
      {find.isError && (
        <p role="alert" className={styles.error}>
          {find.error instanceof StationError && find.error.kind !== 'not-found'
            ? t(`error.${find.error.kind}`)
            : t('laws.noArticle', { article: formatArticleNumber(find.variables) })}
        </p>
      )}
      <div className={styles.keys} dir="ltr">
        {DIGITS.map((digit) => (
          <Key key={digit} label={digit} onPress={() => type(digit)} />
        ))}
        <Key label={INSERTED_MARK} onPress={() => type(INSERTED_MARK)} />
        <Key label="0" onPress={() => type('0')} />
        <Pressable
          className={styles.key}
          aria-label={t('laws.delete')}
          isTyping
          onPress={() => {
            find.reset();
            setTyped((before) => before.slice(0, -1));
          }}
        >
          <BackspaceIcon weight="bold" aria-hidden />
        </Pressable>
      </div>
      <div className={styles.actions}>
        <Action
          label={t('laws.go')}
          emphasis="primary"
          isDisabled={wanted === undefined || find.isPending}
          onPress={() => wanted !== undefined && find.mutate(wanted)}
        />
        <Action label={t('close')} onPress={onClose} />
      </div>
    </div>
  );
}

function Key({ label, onPress }: { readonly label: string; readonly onPress: () => void }) {
  return (
    <Pressable className={styles.key} isTyping onPress={onPress}>
      <span lang="zh-CN">{label}</span>
    </Pressable>
  );
}

function numberOf(typed: string): ArticleNumber | undefined {
  const [number = '', inserted = ''] = typed.split(INSERTED_MARK);
  return number === '' ? undefined : { number: Number(number), inserted: Number(inserted) };
}
