import { expect, it } from 'vitest';
import { ownArguments } from '../../src/main/electron/own-arguments.ts';

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
