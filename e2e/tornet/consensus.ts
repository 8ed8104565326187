import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;
/** The first consensus comes an interval after the start, or in the next round when too few signed it. */
const LIMIT_MS = 35_000;
const REQUEST_MS = 2_000;

/**
 * Waits until every authority serves a consensus that lists all of them as running.
 * @param dirPorts the authorities' directory ports on 127.0.0.1
 * @throws when a consensus lists fewer, or none comes in 35 s
 */
export async function waitForConsensus(dirPorts: number[]): Promise<void> {
  const limit = Date.now() + LIMIT_MS;
  for (const port of dirPorts) {
    let running = await countRunning(port);
    while (running === undefined) {
      if (Date.now() > limit) throw new Error('No consensus in time');
      await sleep(POLL_MS);
      running = await countRunning(port);
    }
    if (running < dirPorts.length) throw new Error(`The first consensus lists ${running} of ${dirPorts.length} relays`);
  }
}

async function countRunning(dirPort: number): Promise<number | undefined> {
  const text = await fetchConsensus(dirPort);
  return text?.match(/^s .*\bRunning\b/gm)?.length;
}

function fetchConsensus(dirPort: number): Promise<string | undefined> {
  const url = `http://127.0.0.1:${dirPort}/tor/status-vote/current/consensus-microdesc`;
  return new Promise((resolve) => {
    const request = get(url, { timeout: REQUEST_MS, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve(response.statusCode === 200 ? Buffer.concat(parts).toString('latin1') : undefined),
      );
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
}
