import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../../../assets/locales/en.json' with { type: 'json' };
import zhCN from '../../../assets/locales/zh-CN.json' with { type: 'json' };
import type { SessionLanguage } from '../session/session.ts';
import { pseudoRightToLeft } from './pseudo.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCN };
  }
}

/** Languages whose interface texts are shipped; content may have more. */
export const INTERFACE_LANGUAGES = ['zh-CN', 'en'] as const;

/** Starts i18next. A missing text falls back to Chinese, never to another language (standards P-33). */
export function startI18n(): typeof i18next {
  if (!i18next.isInitialized) {
    void i18next.use(initReactI18next).init({
      lng: 'zh-CN',
      fallbackLng: 'zh-CN',
      resources: {
        'zh-CN': { translation: zhCN },
        en: { translation: en },
      },
      interpolation: { escapeValue: false },
      initAsync: false,
    });
    i18next.on('languageChanging', makePseudoLanguage);
  }
  return i18next;
}

/** Made when a picture or a test asks for it: to disguise a thousand texts would delay every start. */
function makePseudoLanguage(language: string): void {
  if (language !== 'x-rtl' || i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', pseudoRightToLeft(en));
}

const RIGHT_TO_LEFT = new Set<SessionLanguage>(['ug-CN', 'kk-Arab-CN', 'x-rtl']);

/** In which direction a language is written. */
export function directionOf(language: SessionLanguage): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}
