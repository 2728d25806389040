import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type HostProcessOptions, hostReportSchema } from '#shared/contract/host-process.ts';

const ROOT = join(import.meta.dirname, '../../..');
const HOST = join(ROOT, 'src/main/station/main.ts');

/** The host of an outlet in Wuhua as a process of its own. */
export function forkHost(
  options: Pick<HostProcessOptions, 'dataDir' | 'pageDir' | 'station'>,
): ChildProcess {
  const host: HostProcessOptions = {
    ...options,
    ...{ profileDir: join(ROOT, 'assets/profiles/wuhua'), port: 0, programVersion: '0.0.0-test' },
  };
  return fork(HOST, [], { env: { ...process.env, KIOSK_HOST_OPTIONS: JSON.stringify(host) } });
}

/** The address under which a host is ready; rejected when it ends before. */
export function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
    child.on('message', (message) => {
      const report = hostReportSchema.safeParse(message);
      if (report.data?.type === 'ready') resolve(report.data.url ?? '');
    });
  });
}
