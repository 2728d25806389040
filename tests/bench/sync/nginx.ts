import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../district/databases.ts';

/** A folder served by Debian's nginx on loopback. */
export interface NginxServer {
  readonly url: string;
  /** Seconds of processor time that it has taken so far. */
  readonly cpu: () => number;
  readonly stop: () => Promise<void>;
}

/** Serves a folder as plain files, by one worker, with ETags as nginx makes them. */
export async function nginxOn(folder: string): Promise<NginxServer> {
  const work = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  chmodSync(folder, 0o755);
  mkdirSync(join(work, 'body'));
  const file = join(work, 'nginx.conf');
  writeFileSync(file, configuration(port, folder, work));
  // Without a master process there is one process to look at and to end.
  const child = spawn('/usr/sbin/nginx', ['-c', file, '-p', work], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/`;
  await untilItAnswers(url);
  return {
    url,
    cpu: () => cpuSeconds(child.pid ?? 0),
    stop: async () => {
      await ended(child);
      rmSync(work, { recursive: true, force: true });
    },
  };
}

const configuration = (port: number, folder: string, work: string) => `
daemon off;
master_process off;
pid ${work}/nginx.pid;
error_log ${work}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000;
  keepalive_timeout 3600;
  types { application/json json; }
  default_type application/octet-stream;
  gzip on;
  gzip_types application/json;
  gzip_min_length 600;
  client_body_temp_path ${work}/body;
  proxy_temp_path ${work}/proxy;
  fastcgi_temp_path ${work}/fastcgi;
  uwsgi_temp_path ${work}/uwsgi;
  scgi_temp_path ${work}/scgi;
  server { listen 127.0.0.1:${port}; root ${folder}; }
}
`;

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Ends a child in order and waits for it. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await over;
}

/** The system counts in hundredths of a second. */
const TICKS = 100;

/** Processor time of a process and its threads, from `/proc`. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
