import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartFault } from './start-fault.ts';

/** Locks of this very process; its own number in a file proves nothing after a restart of the computer. */
const held = new Set<string>();

/**
 * Makes sure that one server works in a folder at a time. Gives the function that lets go. A lock whose process is gone is
 * taken over. Throws `StartFault` when another server has it, or the folder cannot be written.
 */
export function takeLock(path: string): () => void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new StartFault(`数据文件夹 ${dirname(path)} 不能写。`, { cause: error });
  }
  for (let tries = 0; tries < 2 && !held.has(path); tries += 1) {
    try {
      writeFileSync(path, `${process.pid} ${birthOf(process.pid)}`, { flag: 'wx', mode: 0o600 });
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
        throw new StartFault(`数据文件夹 ${dirname(path)} 不能写。`, { cause: error });
      if (isHolder(readFileSync(path, 'utf8'))) break;
      rmSync(path, { force: true });
    }
  }
  throw new StartFault(`数据文件夹 ${dirname(path)} 已有一个服务器在用，请先停掉它。`);
}

/** Whether a lock's process lives. After a power cut its number may be any other program's, which was born later. */
function isHolder(lock: string): boolean {
  const [number, birth = ''] = lock.split(' ');
  const pid = Number(number);
  return isAlive(pid) && (birth === '' || birth === birthOf(pid));
}

/** Which start of the computer a process belongs to, and when in it it began; empty where the system does not tell. */
function birthOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; the beginning is the 20th field after it.
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
