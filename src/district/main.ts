import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runFolderOrder } from './folder/run-folder-order.ts';
import { KEY_COMMANDS } from './keys/key-commands.ts';
import { readFolderOrder, readOptions } from './options.ts';
import { runDistrict } from './run-district.ts';
import { StartFault } from './start-fault.ts';

const PAGES = fileURLToPath(new URL('../../out/renderer', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../package.json', import.meta.url));

/** `npm run district -- root renew …`: one of the commands for keys, instead of the server. */
function command(args: readonly string[]): (() => string) | undefined {
  const name = args.slice(0, 2).join(' ');
  const run = KEY_COMMANDS[name];
  return run === undefined ? undefined : () => run(args.slice(2));
}

/** `npm run district`: runs until it is told to stop; one line of JSON on standard output when ready. */
async function main(): Promise<void> {
  const asked = command(process.argv.slice(2));
  if (asked !== undefined) {
    process.stdout.write(`${asked()}\n`);
    return;
  }
  const order = readFolderOrder(process.argv.slice(2), process.env);
  if (order !== undefined) return runFolderOrder(order);
  const running = await runDistrict(readOptions(process.argv.slice(2), process.env), {
    now: Date.now,
    log: (event, facts) =>
      process.stderr.write(
        `${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`,
      ),
    pages: existsSync(`${PAGES}/office/index.html`) ? PAGES : undefined,
    version: (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version,
  });
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const { url, invitation } = running;
  process.stdout.write(`${JSON.stringify({ url, ...(invitation && { invitation }) })}\n`);
  if (invitation !== undefined)
    process.stderr.write(`还没有管理员。请在 48 小时内打开这个一次性链接：${invitation}\n`);
}

main().catch((error: unknown) => {
  const isKnown = error instanceof StartFault;
  process.stderr.write(`${isKnown ? error.message : '服务器没有启动起来。'}\n`);
  if (!isKnown) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(isKnown ? 3 : 1);
});
