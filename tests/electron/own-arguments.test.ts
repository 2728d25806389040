import { expect, it } from 'vitest';
import { adminWords, ownArguments } from '../../src/main/electron/own-arguments.ts';

it('leaves out the executable, the program and what is for Chromium', () => {
  expect(
    ownArguments(['electron', '--no-sandbox', '.', '--profile', 'xigu', '--disable-gpu'], true),
  ).toEqual(['--profile', 'xigu']);
});

it('takes nothing that stands before the program', () => {
  expect(
    ownArguments(['electron', '-r', 'loader.js', '--unknown', '/program', '--station', '1'], true),
  ).toEqual(['--station', '1']);
});

it('takes everything after the executable of an installed program', () => {
  expect(ownArguments(['legal-kiosk', '--station', '620104001'], false)).toEqual([
    '--station',
    '620104001',
  ]);
});

it('keeps a word that nobody knows, so that it is told as a mistake', () => {
  expect(ownArguments(['legal-kiosk', '--profil', 'xigu'], false)).toEqual(['--profil', 'xigu']);
});

it.each<[string[], string[] | undefined]>([
  [
    ['legal-kiosk', '--admin', 'doctor', '--json'],
    ['doctor', '--json'],
  ],
  [['legal-kiosk', '--no-sandbox', '--log-level=3', '--admin', '--', '--help'], ['--help']],
  [
    ['legal-kiosk', '--admin', '--', 'paper', '--', '-1', '--lang=zh'],
    ['paper', '--', '-1', '--lang=zh'],
  ],
  [['legal-kiosk', '--admin'], []],
  [['legal-kiosk'], undefined],
  [['legal-kiosk', '--profile', 'xigu', '--admin', 'doctor'], undefined],
  [['legal-kiosk', '--profile', '--admin'], undefined],
  [['legal-kiosk', 'doctor', '--admin'], undefined],
  [['legal-kiosk', '--administer', 'doctor'], undefined],
  [['legal-kiosk', '--admin=doctor'], undefined],
])('of %j the command is %j', (argv, words) => {
  expect(adminWords(argv, false)).toEqual(words);
});

it('finds a command after the program that Electron was told to run', () => {
  expect(adminWords(['electron', '--no-sandbox', '.', '--admin', 'doctor'], true)).toEqual([
    'doctor',
  ]);
  expect(adminWords(['electron', '--admin', '.'], true)).toBeUndefined();
});
