/** A fault that is told in one plain sentence, without a stack. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Tells the user something; standard output stays free for what a command answers. */
export const say = (sentence) => process.stderr.write(`${sentence}\n`);

/**
 * Runs `work` and says what is going on as soon as it takes longer than two seconds, then that it goes on every ten.
 * @template T
 * @param {string} what what is being done, as a clause
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(what, work) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  let told = false;
  const tell = () => {
    say(told ? `  ……${what}，已 ${seconds()} 秒` : `正在${what}……`);
    told = true;
  };
  const first = setTimeout(tell, 2000);
  const again = setInterval(tell, 10_000);
  try {
    const result = await work();
    if (told) say(`  ${what}完成，用时 ${seconds()} 秒。`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(again);
  }
}

/**
 * Runs a command line program and turns a SetupError into its sentence and exit status 1.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
