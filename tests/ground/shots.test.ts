import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OFFICE_PICTURES } from '../shots/office-pictures.ts';
import { allPictures } from '../shots/pictures.ts';

const RENDERER = join(import.meta.dirname, '../../src/renderer');
/** Its pages are the pictures that name no surface. */
const VISITORS = 'visitor';

const names = [...allPictures().map(({ name }) => name), ...OFFICE_PICTURES];
const surfaces = readdirSync(RENDERER).filter((name) =>
  existsSync(join(RENDERER, name, 'index.html')),
);

test.each(surfaces.filter((name) => name !== VISITORS))(
  'the surface %s has a picture',
  (surface) => {
    expect(names.filter((name) => name.startsWith(`surface.${surface}.`))).not.toEqual([]);
  },
);

test('no two pictures have one name: the later would take the place of the earlier', () => {
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
