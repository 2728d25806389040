import { hostOptionsSchema, hostOrderSchema } from '#shared/contract/host-process.ts';
import { parentPort } from '#station/parent-port.ts';

/** A host that sends every frame back, through the same channel as the real one, or one that refuses to start. */
const options = hostOptionsSchema.parse(JSON.parse(process.env.KIOSK_HOST_OPTIONS ?? '{}'));
if (options.programVersion === 'refuse') {
  parentPort.send({ type: 'failed', kind: 'disk-full', sentence: '磁盘满了。' });
  parentPort.close();
}
parentPort.onMessage((message) => {
  const order = hostOrderSchema.safeParse(message);
  if (!order.success) parentPort.send({ type: 'data', page: 7, data: 'and back' });
  else if (order.data.type === 'ping') parentPort.send({ type: 'pong', n: order.data.n });
  else process.exit(0);
});
parentPort.send({ type: 'ready' });
