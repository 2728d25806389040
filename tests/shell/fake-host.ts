/**
 * A host process for the tests of supervision. Its behaviour comes in `programVersion`, `sound, then refused` for one that
 * is another at each start; it counts its starts in the
 * data folder and writes the options of each beside it.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostOptionsSchema, hostOrderSchema } from '#shared/contract/host-process.ts';

const options = hostOptionsSchema.parse(JSON.parse(process.env.KIOSK_HOST_OPTIONS ?? '{}'));
const start = readdirSync(options.dataDir).length + 1;
writeFileSync(join(options.dataDir, `start-${start}.json`), JSON.stringify(options));
const behaviours = options.programVersion.split(', then ');
const behaviour = behaviours[start - 1] ?? behaviours.at(-1);
const send = (message: unknown) => process.send?.(message);

process.on('message', (message) => {
  const order = hostOrderSchema.safeParse(message);
  if (!order.success) send(message);
  else if (order.data.type === 'ping') send({ type: 'pong', n: order.data.n });
  else if (behaviour !== 'deaf-to-stop') process.exit(0);
});
process.once('disconnect', () => process.exit(0));

if (behaviour === 'silent-crash') process.exit(1);
if (behaviour === 'refused') {
  send({ type: 'failed', kind: 'disk-full', sentence: '磁盘满了。' });
  process.exit(3);
}
if (behaviour !== 'never-ready') {
  send({ nonsense: true });
  send({ type: 'ready', url: `http://127.0.0.1:${options.port === 0 ? 4567 : options.port}` });
  send({ type: 'pages', count: 2 });
  if (behaviour === 'falls') setTimeout(() => process.exit(1), 20);
}
