/** Languages that content may be translated into; Chinese is the language of record (standards L, P-33). */
export const TRANSLATION_LANGUAGES = [
  'en',
  'ug-CN',
  'kk-Arab-CN',
  'mn-Mong-CN',
  'bo-CN',
  'ii-CN',
  'za-CN',
] as const;
export type TranslationLanguage = (typeof TRANSLATION_LANGUAGES)[number];

/** Languages in which a page may be shown. */
export const PAGE_LANGUAGES = ['zh-CN', ...TRANSLATION_LANGUAGES] as const;
