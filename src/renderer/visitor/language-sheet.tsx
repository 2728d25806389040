import { useTranslation } from 'react-i18next';
import type { PageLanguage } from '#shared/contract/views.ts';
import { INTERFACE_LANGUAGES } from '../i18n/i18n.ts';
import { useSession } from '../session/session.ts';
import { Choice } from '../ui/choice.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Each language in its own words, so that those who read nothing else find it. */
export function LanguageSheet({
  isOpen,
  languages,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly languages: readonly PageLanguage[];
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { session, act } = useSession();
  const offered = INTERFACE_LANGUAGES.filter((language) => languages.includes(language));
  return (
    <Sheet title={t('language.choose')} isOpen={isOpen} onClose={onClose}>
      <Choice
        label={t('language.choose')}
        options={offered.map((language) => ({
          value: language,
          label: i18n.getFixedT(language)('language.name'),
          lang: language,
        }))}
        chosen={session.language as (typeof offered)[number]}
        onChoose={(language) => {
          act({ type: 'set', preferences: { language } });
          onClose();
        }}
      />
    </Sheet>
  );
}
