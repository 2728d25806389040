import { createRouterClient } from '@orpc/server';
import {
  FIRST_ANSWERS_ID,
  FIRST_LANGUAGE,
  type FirstAnswers,
} from '#shared/contract/first-answers.ts';
import { terminalContext } from '../access/caller.ts';
import type { StationRouter } from '../router.ts';

/**
 * What a fresh page asks first, answered as it would be over a connection; undefined when a part of it fails, which the page then
 * hears when it asks itself.
 *
 * Also asked once for nobody, while the browser is still coming up: the first answer of a process costs twenty times the second, and the
 * first visitor of the day, or after a restart, would wait for it.
 */
export async function firstAnswers(router: StationRouter): Promise<FirstAnswers | undefined> {
  const station = createRouterClient(router, { context: terminalContext() });
  try {
    return {
      hello: await station.system.hello(),
      home: await station.home.view({ language: FIRST_LANGUAGE }),
    };
  } catch {
    return undefined;
  }
}

/**
 * The visitor's page with these answers in it, so that home is drawn without a connection being waited for. They are data, no
 * program: nothing in them can end the element that they stand in.
 */
export function pageWithAnswers(html: string, answers: FirstAnswers): string {
  const data = JSON.stringify(answers).replaceAll('<', '\\u003c');
  const end = html.lastIndexOf('</body>');
  if (end < 0) return html;
  return `${html.slice(0, end)}<script id="${FIRST_ANSWERS_ID}" type="application/json">${data}</script>${html.slice(end)}`;
}
