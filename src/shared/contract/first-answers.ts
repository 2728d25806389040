import type { Hello, HomeView } from './views.ts';

/** Where a visitor's page carries them: the id of a script element of type `application/json`. */
export const FIRST_ANSWERS_ID = 'first-answers';

/** The language of a fresh visit, in which they are given. */
export const FIRST_LANGUAGE = 'zh-CN';

/** What every day begins with, as the host answers it. */
export interface FirstAnswers {
  readonly hello: Hello;
  readonly home: HomeView;
}
