import { useTranslation } from 'react-i18next';
import type { Provenance } from '#shared/contract/views.ts';
import { useSession } from '../session/session.ts';
import { Action } from '../ui/action.tsx';
import { Callout } from '../ui/callout.tsx';

/** Says when a text is a draft translation or only there in Chinese, with Chinese one touch away (standards P-33). */
export function LanguageState({ language }: { readonly language: Provenance['language'] }) {
  const { t } = useTranslation();
  const { session, act } = useSession();
  if (session.language === 'zh-CN' || language === 'own') return null;
  const toChinese = (
    <Action
      label={t('language.toChinese')}
      onPress={() => act({ type: 'set', preferences: { language: 'zh-CN' } })}
    />
  );
  return (
    <Callout action={toChinese}>
      {t(language === 'draft' ? 'language.draft' : 'language.chineseOnly')}
    </Callout>
  );
}

/** The `lang` of a text that may have stayed Chinese. */
export function langOf(language: Provenance['language']): string | undefined {
  return language === 'chinese' ? 'zh-CN' : undefined;
}
