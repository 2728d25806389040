import type { Browser, Page } from 'playwright-core';
import { beginLogIn } from '#district/office/log-ins.ts';
import { invite, readInvitation } from '#district/office/people.ts';
import type { RunningDistrict } from '#district/run-district.ts';
import { run, sql } from '#district/store/sql.ts';
import type { OfficeRole } from '#shared/office/office-role.ts';
import type { Me } from '#shared/office/office-views.ts';

/** Somebody of a district office, logged in, in a browser of their own. */
export interface Desk {
  readonly me: Me;
  readonly page: Page;
}

/** A desk without the way through invitation and log-in, which `office.browser.test.ts` goes. */
export async function officeDesk(
  browser: Browser,
  { district, url }: RunningDistrict,
  account: string,
  roles: readonly OfficeRole[],
): Promise<Desk> {
  const duties = { name: `示例${account}`, roles: [...roles], divisions: ['530102'] };
  const { link } = await invite(district, account, duties, 'test');
  const { person: id } = await readInvitation(district, link.split('#')[1] ?? '');
  await run(district.database, sql`update person set secret = 'x' where id = ${id}`);
  const me = { id, account, ...duties };
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
  });
  await context.addCookies([
    { name: 'office', value: await beginLogIn(district, me, 'test'), url },
  ]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${url}/admin/`);
  await page.getByRole('navigation').waitFor();
  return { me, page };
}

/** Opens one of the office's pages. */
export const openTab = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
