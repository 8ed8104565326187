import type { ProvidedContext } from 'vitest';
import type { TestProject } from 'vitest/node';
import { startTornet } from './tornet';

declare module 'vitest' {
  interface ProvidedContext {
    /** The private Tor network of this test run: lines for a client's torrc. */
    tornet: { torrc: string[] };
  }
}

/**
 * Vitest global set-up: one private Tor network for the whole run. Tests find its client lines with `inject('tornet')`
 * and, as a JSON array, in the environment variable POSTHORN_TEST_TORRC, which a development build of the program reads
 * too.
 * @returns what takes the network down again
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tornet = await startTornet();
  process.env['POSTHORN_TEST_TORRC'] = JSON.stringify(tornet.clientTorrcLines);
  const provided: ProvidedContext['tornet'] = { torrc: tornet.clientTorrcLines };
  project.provide('tornet', provided);
  return () => tornet.stop();
}
