import { text } from 'node:stream/consumers';

/** What a program may do that nobody wrote for Electron, by its first word. */
const [what, ...words] = process.argv.slice(2);
if (what === 'echo') {
  console.log(JSON.stringify({ words, input: await text(process.stdin) }));
  console.error('to the other stream');
  process.exitCode = 7;
} else if (what === 'much') process.stdout.write('x'.repeat(Number(words[0])));
else if (what === 'fault') await new Promise(() => setImmediate(notForeseen));
else if (what === 'rejection') notForeseen();
else {
  setInterval(() => {}, 1000);
  console.log('waits');
  await new Promise(() => {});
}

function notForeseen(): never {
  throw new Error('not foreseen');
}
