import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../../ui/action.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DisplaySheet } from '../../visitor/display-sheet.tsx';
import { IdleWarning } from '../../visitor/idle-warning.tsx';
import { LanguageSheet } from '../../visitor/language-sheet.tsx';
import { useSay } from '../fixtures.ts';
import { Beside, Specimen } from '../specimen.tsx';

const SHEETS = ['plain', 'long', 'display', 'language', 'idle warning'] as const;
type SheetName = (typeof SHEETS)[number];

/** Sheets cover the page, so each is opened by a button. */
export function SheetSpecimens() {
  const [open, setOpen] = useState<SheetName>();
  const close = () => setOpen(undefined);
  return (
    <Beside>
      {SHEETS.map((name) => (
        <Specimen key={name} name={`Sheet, ${name}`}>
          <Action label={name} onPress={() => setOpen(name)} />
        </Specimen>
      ))}
      <PlainSheet isOpen={open === 'plain'} lines={2} onClose={close} />
      <PlainSheet isOpen={open === 'long'} lines={60} onClose={close} />
      <DisplaySheet isOpen={open === 'display'} onClose={close} />
      <LanguageSheet isOpen={open === 'language'} languages={['zh-CN', 'en']} onClose={close} />
      <IdleWarning
        secondsLeft={open === 'idle warning' ? 24 : undefined}
        onStay={close}
        onLeave={close}
      />
    </Beside>
  );
}

function PlainSheet({
  isOpen,
  lines,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly lines: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const say = useSay();
  const line = say('一张单子盖在页面下半部。', 'A sheet lies over the lower part of the page. ');
  return (
    <Sheet title={say('标题', 'Title')} isOpen={isOpen} onClose={onClose}>
      <p>{line.repeat(lines)}</p>
      <Action label={t('close')} emphasis="primary" onPress={onClose} />
    </Sheet>
  );
}
