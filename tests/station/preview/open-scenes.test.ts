import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openScenes } from '#station/preview/open-scenes.ts';

const PROFILES = join(import.meta.dirname, '../../../assets/profiles');
const SCENE = {
  outlet: '530102001',
  day: '2026-12-01',
  divisions: [],
  records: [],
  draft: { id: 'notice.none', scope: '530102001', record: null },
};

const scenes = openScenes(PROFILES);
afterEach(() => scenes.close());

test('a preview that somebody looks at stays open, and the one not looked at for longest makes room', () => {
  for (const key of ['first', 'second', 'third']) scenes.show(key, SCENE);
  expect(scenes.read('first', 'system.hello', null)).toMatchObject({ programVersion: 'preview' });
  scenes.show('fourth', SCENE);
  expect(['first', 'second', 'third', 'fourth'].filter((key) => scenes.has(key))).toEqual([
    'first',
    'third',
    'fourth',
  ]);
});

test('of a preview that was closed nothing is answered', () => {
  expect(scenes.read('nobody', 'system.hello', null)).toBeUndefined();
});
