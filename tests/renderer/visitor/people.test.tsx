import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HELP_NAMES } from '#shared/editing/value-names.ts';
import { communities } from '#station/people/communities.ts';
import { gridCard } from '#station/people/grid-card.ts';
import { getPerson, listPeople } from '#station/people/people.ts';
import { serving } from '#station/people/serving.ts';
import type { FakeAnswers } from '../../../src/renderer/gallery/fake-station.ts';
import { HOME_ENTRIES } from '../../../src/renderer/visitor/home-entries.ts';
import { GridPage } from '../../../src/renderer/visitor/pages/grid.tsx';
import { MyCommunityPage } from '../../../src/renderer/visitor/pages/my-community.tsx';
import { PeoplePage } from '../../../src/renderer/visitor/pages/people.tsx';
import { PersonPage } from '../../../src/renderer/visitor/pages/person.tsx';
import { ServingPage } from '../../../src/renderer/visitor/pages/serving.tsx';
import { PROFILES, type ProfileId, shippedPack, stationOn } from '../../real-content.ts';
import { draw } from '../draw.tsx';
import { scanQr } from '../scan-qr.ts';

const MORNING = '2026-11-23 10:24';
const opened: ReturnType<typeof stationOn>[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const { db } of opened.splice(0)) db.write.close();
});

/** The people of a shipped deployment, answered by the host's own functions. */
function peopleOf(profile: ProfileId, code?: string) {
  const station = stationOn(shippedPack(profile), MORNING, code);
  opened.push(station);
  const { library, stations } = station;
  const answers: FakeAnswers = {
    'people.list': async ({ filter, language }) => listPeople(library, stations, filter, language),
    'people.get': async ({ id, language }) => getPerson(library, stations, id, language),
    'people.communities': async () => communities(library),
    'people.serving': async ({ code, language }) => serving(library, stations, code, language),
    'people.grid': async ({ code, language }) => gridCard(library, stations, code, language),
    'papers.printer': async () => ({ state: 'none' }),
  };
  return { library, stations, answers };
}

/** A hand without haste: a second touch at once does nothing. */
async function touch(button: HTMLElement): Promise<void> {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 1000);
  await userEvent.click(button);
}

describe('who serves my community', () => {
  it('is an entry of home, and the next touch is on the community', async () => {
    expect(HOME_ENTRIES).toContain('myCommunity');
    const { answers } = peopleOf('wuhua');
    const { acts } = await draw(<MyCommunityPage />, { answers });
    const places = await screen.findAllByRole('button', { name: /社区/ });
    await touch(places[0] ?? expect.unreachable());
    const [act] = acts;
    expect(act).toMatchObject({ to: { page: 'serving' } });
  });

  it('begins at the centre of a city of a thousand communities with its streets', async () => {
    const { answers, library } = peopleOf('changzhou', '3204');
    const { groups } = communities(library);
    const street = groups[5]?.streets[2] ?? expect.unreachable();
    const { acts, unmount } = await draw(<MyCommunityPage />, { answers });
    await touch(await screen.findByRole('button', { name: street.name }));
    expect(acts.at(-1)).toMatchObject({ to: { page: 'my-community', group: street.code } });
    expect(screen.queryByRole('button', { name: street.communities[0]?.name ?? '?' })).toBeNull();
    unmount();
    const below = await draw(<MyCommunityPage group={street.code} />, { answers });
    for (const { name } of street.communities)
      expect(await screen.findByRole('button', { name })).toBeTruthy();
    await touch(screen.getByRole('button', { name: street.communities[0]?.name ?? '?' }));
    expect(below.acts.at(-1)).toMatchObject({
      to: { page: 'serving', code: street.communities[0]?.code },
    });
  });

  it('stands with the own street first in Changzhou', async () => {
    const { answers } = peopleOf('changzhou');
    await draw(<MyCommunityPage />, { answers });
    await screen.findByRole('button', { name: '小东门桥社区' });
    const headings = screen.getAllByRole('heading', { level: 3 }).map((one) => one.textContent);
    expect(headings[0]).toBe('天宁街道');
  });

  it('names people and doors, each a touch from a card', async () => {
    const { answers, library, stations } = peopleOf('wuhua');
    const { groups, outlets } = serving(library, stations, '530102001009', 'zh-CN');
    const { acts } = await draw(<ServingPage code="530102001009" />, { answers });
    const [person] = groups.flatMap(({ people }) => people);
    const rows = await screen.findAllByRole('button', { name: new RegExp(person?.name ?? '?') });
    await touch(rows[0] ?? expect.unreachable());
    expect(acts.at(-1)).toMatchObject({ to: { page: 'person', id: person?.id } });
    for (const { name } of outlets)
      expect(screen.getAllByRole('button', { name: new RegExp(name) }).length).toBeGreaterThan(0);
  });
});

describe('the card of a grid in Changzhou', () => {
  it('has its five contacts and sends a dispute where the rule of the place says', async () => {
    const { answers, library, stations } = peopleOf('changzhou');
    const card = gridCard(library, stations, '320402005010-G01', 'zh-CN');
    await draw(<GridPage code={card.code} />, { answers });
    await screen.findByRole('heading', { name: card.name });
    for (const { person } of card.contacts)
      expect(screen.getAllByText(person.name).length, person.name).toBeGreaterThan(0);
    const steps = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    library.profile.escalation.forEach(({ who, takes }, at) => {
      expect(steps[at]).toContain(who);
      expect(steps[at]).toContain(takes);
    });
  });

  it('says another rule where a place has another, and none where it has none', async () => {
    const { answers, library, stations } = peopleOf('changzhou');
    const card = gridCard(library, stations, '320402005010-G01', 'zh-CN');
    const step = { id: 'one', who: '村里的明白人', takes: '先说一说的事', people: [] };
    const other = { ...answers, 'people.grid': async () => ({ ...card, escalation: [step] }) };
    const { unmount } = await draw(<GridPage code={card.code} />, { answers: other });
    expect(await screen.findByText('村里的明白人')).toBeTruthy();
    expect(screen.queryByText('网格调解员')).toBeNull();
    unmount();
    const none = { ...answers, 'people.grid': async () => ({ ...card, escalation: [] }) };
    await draw(<GridPage code={card.code} />, { answers: none });
    await screen.findByRole('heading', { name: card.name });
    expect(screen.queryByText(/一级一级/)).toBeNull();
  });
});

describe('a place as filter', () => {
  it('goes down to the grid in Changzhou, and the grid that is chosen leads to its card', async () => {
    const { answers } = peopleOf('changzhou');
    const { acts, unmount } = await draw(<PeoplePage page="people" place="320402005010" />, {
      answers,
    });
    await touch(await screen.findByRole('button', { name: /^地方：/ }));
    await touch(await screen.findByRole('button', { name: '怡康花园社区第2网格' }));
    expect(acts.at(-1)).toMatchObject({ to: { page: 'people', place: '320402005010-G02' } });
    unmount();
    const chosen = await draw(<PeoplePage page="people" place="320402005010-G02" />, { answers });
    await touch(await screen.findByRole('button', { name: '看怡康花园社区第2网格的联系卡' }));
    expect(chosen.acts.at(-1)).toMatchObject({ to: { page: 'grid', code: '320402005010-G02' } });
  });
});

it('where nobody of a role serves the place that was chosen, the role is kept and the place given up', async () => {
  const { answers } = peopleOf('changzhou');
  const nobodyHere = { page: 'people', role: 'village-adviser', place: '320412120' } as const;
  const { acts } = await draw(<PeoplePage {...nobodyHere} />, { answers });
  await touch(await screen.findByRole('button', { name: '看别处的人' }));
  const { place: _place, ...anywhere } = nobodyHere;
  expect(acts.at(-1)).toMatchObject({ to: anywhere });
  expect(acts.at(-1)).not.toMatchObject({ to: { place: nobodyHere.place } });
});

describe.each(PROFILES)('%s', (profile) => {
  it.each([
    ['expert', '调解专家'],
    ['volunteer', '志愿者'],
  ] as const)(
    'a person of the role %s is on the page of people, plainly a sample, and a touch leads to the card',
    async (role, title) => {
      const { answers, library, stations } = peopleOf(profile);
      const { people } = listPeople(library, stations, { role }, 'zh-CN');
      const [first] = people;
      const { acts, unmount } = await draw(<PeoplePage page="people" role={role} />, { answers });
      const [row] = await screen.findAllByRole('button', { name: new RegExp(first?.name ?? '?') });
      expect(row?.textContent).toContain(title);
      expect(row?.textContent).toContain('示例');
      await touch(row ?? expect.unreachable());
      expect(acts.at(-1)).toMatchObject({ to: { page: 'person', id: first?.id } });
      unmount();
      await draw(<PersonPage id={first?.id ?? '?'} />, { answers });
      expect(
        await screen.findByRole('heading', { name: new RegExp(first?.name ?? '?') }),
      ).toBeTruthy();
    },
  );
});

const VOLUNTEERS_ONLY = { role: 'volunteer' } as const;
const VOLUNTEERS = { page: 'people', role: 'volunteer' } as const;

describe('volunteers of Xigu', () => {
  it.each([
    ['等级', 'grade'],
    ['擅长', 'specialty'],
    ['职责', 'help'],
  ] as const)(
    'are chosen by %s, from choices that say how many they leave',
    async (label, wish) => {
      const { answers, library, stations } = peopleOf('xigu');
      const { choices } = listPeople(library, stations, { role: 'volunteer' }, 'zh-CN');
      const { grades, specialties, helps } = choices;
      const [choice] = { grade: grades, specialty: specialties, help: helps }[wish];
      const name = wish === 'help' ? HELP_NAMES[choice?.value ?? ''] : choice?.value;
      const { acts } = await draw(<PeoplePage {...VOLUNTEERS} />, { answers });
      await touch(await screen.findByRole('button', { name: new RegExp(label) }));
      const dialog = within(await screen.findByRole('dialog'));
      await touch(dialog.getByRole('button', { name: `${name ?? '?'} ${choice?.count ?? '?'}` }));
      expect(acts.at(-1)).toMatchObject({
        to: { page: 'people', role: 'volunteer', [wish]: choice?.value },
      });
      const left = listPeople(
        library,
        stations,
        { role: 'volunteer', [wish]: choice?.value },
        'zh-CN',
      );
      expect(left.people).toHaveLength(choice?.count ?? -1);
    },
  );

  it('are chosen by who is on duty now', async () => {
    const { answers } = peopleOf('xigu');
    const { acts } = await draw(<PeoplePage {...VOLUNTEERS} />, { answers });
    await touch(await screen.findByRole('button', { name: /^现在在岗 \d+ 人/ }));
    expect(acts.at(-1)).toMatchObject({ to: { role: 'volunteer', onDuty: true } });
  });

  it('are chosen by the day on which they come, with their hours', async () => {
    const { answers, library, stations } = peopleOf('xigu');
    const { choices } = listPeople(library, stations, VOLUNTEERS_ONLY, 'zh-CN');
    const day = choices.days.at(-1) ?? expect.unreachable();
    const { acts } = await draw(<PeoplePage {...VOLUNTEERS} />, { answers });
    await touch(await screen.findByRole('button', { name: '哪天在岗' }));
    const name = new RegExp(`^11月${Number(day.value.slice(8))}日 星期. ${day.count}$`);
    await touch(screen.getByRole('button', { name }));
    expect(acts.at(-1)).toMatchObject({ to: { role: 'volunteer', day: day.value } });
  });

  it('are listed with the hours of the day that was chosen, and where', async () => {
    const { answers, library, stations } = peopleOf('xigu');
    const { choices } = listPeople(library, stations, VOLUNTEERS_ONLY, 'zh-CN');
    const day = choices.days.at(-1)?.value ?? expect.unreachable();
    const { people } = listPeople(library, stations, { ...VOLUNTEERS_ONLY, day }, 'zh-CN');
    await draw(<PeoplePage {...VOLUNTEERS} day={day} />, { answers });
    expect(people.length).toBeGreaterThan(0);
    for (const { name, thatDay } of people.slice(0, 3)) {
      const [row] = await screen.findAllByRole('button', { name: new RegExp(name) });
      expect(row?.textContent).toContain(`${thatDay?.from}–${thatDay?.to}`);
      expect(thatDay?.station.name).not.toBe('');
      expect(row?.textContent).toContain(thatDay?.station.name ?? '?');
    }
  });

  it('who are there now are listed with the place', async () => {
    const { answers, library, stations } = peopleOf('xigu');
    const { people } = listPeople(library, stations, { onDuty: true }, 'zh-CN');
    expect(people.length).toBeGreaterThan(0);
    await draw(<PeoplePage page="people" onDuty={true} />, { answers });
    for (const { name, onDuty } of people.slice(0, 3)) {
      const [row] = await screen.findAllByRole('button', { name: new RegExp(name) });
      expect(row?.textContent).toContain(onDuty?.station.name ?? '?');
    }
  });
});

describe("a person's card", () => {
  const id = 'person.wuhua-street-lawyer-1';

  it('says when and where the person is next on site', async () => {
    const { answers, library, stations } = peopleOf('wuhua');
    const card = getPerson(library, stations, id, 'zh-CN');
    expect(card.next.length).toBeGreaterThan(0);
    await draw(<PersonPage id={id} />, { answers });
    await screen.findByRole('heading', { name: card.name });
    const text = document.body.textContent ?? '';
    for (const { from, to, station } of card.next) {
      expect(text).toContain(`${from}–${to}`);
      expect(text).toContain(station.name);
    }
  });

  it('goes into a phone by its code: what is scanned is a vCard with name, work and place', async () => {
    const { answers, library, stations } = peopleOf('wuhua');
    const card = getPerson(library, stations, id, 'zh-CN');
    await draw(<PersonPage id={id} />, { answers });
    await touch(await screen.findByRole('button', { name: /手机/ }));
    const dialog = await screen.findByRole('dialog');
    const code = dialog.querySelector<SVGElement>('figure svg') ?? expect.unreachable('no code');
    const fields = readCard(scanQr(code) ?? '');
    expect(fields.get('FN')).toBe(card.name);
    expect(fields.get('VERSION')).toBe('3.0');
    expect(fields.get('TITLE')).toBe(card.title);
    expect(fields.get('ORG')).toBe(card.organisation);
  });
});

/** A vCard as RFC 2426 has it: folded lines are joined, names end at `;` or `:`, commas and semicolons are escaped. */
function readCard(text: string): Map<string, string> {
  const lines = text.replaceAll(/\r\n[ \t]/g, '').split('\r\n');
  expect(lines[0]).toBe('BEGIN:VCARD');
  expect(lines.findLast((line) => line !== '')).toBe('END:VCARD');
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
      return name === undefined || value === undefined
        ? []
        : [[name, value.replaceAll(/\\([,;\\])/g, '$1').replaceAll('\\n', '\n')]];
    }),
  );
}
