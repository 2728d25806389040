import { Agent, request } from 'node:http';

/** Asks an address again and again over `lanes` connections that stay open. Throws when an answer is not as wanted. */
export async function askOften(
  url: string,
  times: number,
  wanted: number,
  headers: Readonly<Record<string, string>> = {},
  lanes = 16,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  let left = times;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      const status = await statusOf(url, agent, headers);
      if (status !== wanted) throw new Error(`${url} answered ${status}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    agent.destroy();
  }
}

function statusOf(
  url: string,
  agent: Agent,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    })
      .once('error', reject)
      .end();
  });
}
