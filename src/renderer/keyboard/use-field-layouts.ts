import { createContext, use, useMemo } from 'react';
import type { PageLanguage } from '#shared/contract/views.ts';
import { type SessionLanguage, useSession } from '../session/session.ts';
import type { LayoutId } from './layout.ts';

/** The languages of this terminal, which decide what keyboards it offers beside Chinese and Latin. */
export const KeyboardLanguages = createContext<readonly PageLanguage[]>([]);

const OF_LANGUAGE: Readonly<Partial<Record<SessionLanguage, LayoutId>>> = {
  'zh-CN': 'pinyin',
  en: 'latin',
  'ug-CN': 'uyghur',
  'kk-Arab-CN': 'kazakh',
  'x-rtl': 'uyghur',
};

/** The keyboards of a field: what it asks for, or that of the page's language first, then those of the terminal. */
export function useFieldLayouts(wanted: readonly LayoutId[] | undefined): readonly LayoutId[] {
  const languages = use(KeyboardLanguages);
  const { language } = useSession().session;
  const names = wanted?.join(' ');
  return useMemo(() => {
    if (names !== undefined) return names.split(' ') as LayoutId[];
    const all = [language, 'zh-CN', 'en', ...languages] as const;
    return [...new Set(all.flatMap((each) => OF_LANGUAGE[each] ?? []))];
  }, [names, language, languages]);
}
