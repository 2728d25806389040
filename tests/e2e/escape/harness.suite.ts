import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lasting } from './attempts.ts';
import { isHomeWithin, leaveHome } from './home-again.ts';
import { faultsFound, faultsSeen, strangePrograms } from './invariants.ts';
import { LockedShell, type ShellName } from './locked-shell.ts';
import { programsBelow } from './programs.ts';
import { openStage, type Stage } from './stage.ts';

/** What the escape tests look at is only worth something when it sees what is planted. */
export function describeHarness(name: ShellName): void {
  describe(`the look at the ${name} shell`, () => {
    let stage: Stage;
    let shell: LockedShell;
    beforeAll(async () => {
      stage = await openStage();
      shell = await LockedShell.start(name, stage.display);
    });
    afterAll(async () => {
      await shell?.close();
      await stage?.close();
    });

    const found = async () => (await faultsFound(stage, shell)).join('\n');

    it('finds nothing where nothing is wrong', async () => {
      expect(await lasting(() => faultsFound(stage, shell))).toEqual([]);
    });

    it('sees a window of another program, however small', async () => {
      const window = await stage.x.openWindow({ x: 400, y: 600, width: 40, height: 30 });
      onTestFinished(() => stage.x.closeWindow(window));
      await expect.poll(found).toMatch(/^windows: /m);
    });

    it('sees a page that has gone elsewhere', async () => {
      await shell.run(`history.replaceState(null, '', '/visitor/elsewhere'); undefined`);
      expect(await found()).toContain('path /visitor/elsewhere');
      await shell.run(`history.replaceState(null, '', '/visitor/'); undefined`);
    });

    it('sees a file that a visitor left', async () => {
      const file = join(homeOf(shell), 'left.txt');
      writeFileSync(file, '');
      onTestFinished(() => rmSync(file));
      expect(await found()).toContain('file: home/left.txt');
    });

    it('sees a program that does not belong there', () => {
      const program = spawn('sleep', ['60']);
      onTestFinished(() => {
        program.kill();
      });
      expect(strangePrograms(programsBelow(process.pid))).toContain('program: sleep');
    });

    it('tells home from every other page', async () => {
      await leaveHome(shell, 60_000);
      expect(await isHomeWithin(shell, 3000)).toBe(false);
      await shell.run('location.reload(); undefined').catch(() => {});
      expect(await isHomeWithin(shell, 60_000)).toBe(true);
    });

    it('sees a page without content', async () => {
      await shell.run('document.body.replaceChildren(); undefined');
      expect(await found()).toContain('hasContent false');
      await shell.run('location.reload(); undefined').catch(() => {});
      await shell.usable();
    });

    it('sees that the terminal has ended', async () => {
      await shell.close();
      expect(await faultsSeen(stage, shell)).toEqual(['the terminal has ended']);
    });
  });
}

/** Where programs of a shell keep what is theirs, as the system tells it (proc(5)). */
function homeOf(shell: LockedShell): string {
  const [program] = shell.programs();
  const environment = readFileSync(`/proc/${program?.pid}/environ`, 'utf8').split('\0');
  const home = environment.find((line) => line.startsWith('HOME='));
  return home?.slice('HOME='.length) ?? expect.unreachable('no home');
}
