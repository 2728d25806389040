import { FIRST_ANSWERS_ID, type FirstAnswers } from '#shared/contract/first-answers.ts';

/** What the host wrote into the page that it served; undefined when it did not, as in the Electron shell, whose files come without a host. */
export function firstAnswersOf(page: Document): FirstAnswers | undefined {
  const text = page.getElementById(FIRST_ANSWERS_ID)?.textContent;
  // The same host answers calls, whose answers are not checked here either.
  return text ? (JSON.parse(text) as FirstAnswers) : undefined;
}
