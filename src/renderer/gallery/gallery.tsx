import { useLayoutEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../i18n/i18n.ts';
import { SessionContext } from '../session/session.ts';
import { applyDisplay } from '../ui/display.ts';
import { Controls } from './controls.tsx';
import styles from './gallery.module.css';
import { ActionSpecimens } from './specimens/actions.tsx';
import { FrameSpecimens } from './specimens/frame.tsx';
import { GuideSpecimens } from './specimens/guide.tsx';
import { ListSpecimens } from './specimens/lists.tsx';
import { LongTextSpecimens } from './specimens/long-text.tsx';
import { PaperSpecimens } from './specimens/papers.tsx';
import { SheetSpecimens } from './specimens/sheets.tsx';
import { StateSpecimens } from './specimens/states.tsx';
import { StationSpecimens } from './specimens/station.tsx';
import { TextSpecimens } from './specimens/text.tsx';
import { useView, type View } from './view.ts';

/** Every component belongs to one of these; a new one is added to the section that its users would look in. */
const SECTIONS = {
  frame: FrameSpecimens,
  actions: ActionSpecimens,
  lists: ListSpecimens,
  text: TextSpecimens,
  states: StateSpecimens,
  guide: GuideSpecimens,
  station: StationSpecimens,
  papers: PaperSpecimens,
  sheets: SheetSpecimens,
  'long-text': LongTextSpecimens,
} as const;

/** Every component in every state, with made-up content; for those who change components, not for visitors. */
export function Gallery() {
  const view = useView();
  const { session, act } = view;
  useLook(view);
  const shown = Object.entries(SECTIONS).filter(
    ([name]) => view.only === undefined || view.only === name,
  );
  return (
    <SessionContext value={{ session, act }}>
      <I18nProvider locale={session.language === 'x-rtl' ? 'ar' : session.language}>
        <div className={styles.gallery}>
          <Controls view={view} sections={Object.keys(SECTIONS)} />
          <main className={styles.sections}>
            {shown.map(([name, Specimens]) => (
              <section key={name} className={styles.section} data-section={name}>
                <p className={styles.name} lang="en" dir="ltr">
                  {name}
                </p>
                <Specimens />
              </section>
            ))}
          </main>
        </div>
      </I18nProvider>
    </SessionContext>
  );
}

/** Keeps document and language in step with the view. */
function useLook({ session, display }: View): void {
  const { i18n } = useTranslation();
  const { language, zoom, contrast } = session;
  useLayoutEffect(() => {
    void i18n.changeLanguage(language);
    document.documentElement.lang = language === 'x-rtl' ? 'ar' : language;
    document.documentElement.dir = directionOf(language);
    applyDisplay(document.documentElement, display, { zoom, contrast, lowReach: false });
  }, [language, zoom, contrast, display, i18n]);
}
