import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { defaultSettings } from '../../../../shared/settings';
import { installWebCryptoShim } from '../../pgp/packets/webcrypto-shim';
import { createBackups } from '../create-backups';

/**
 * For tests: makes, tests and misreads a backup at its full cost, in whatever runs this; tells the outcomes and the
 * share of the time in which the loop was held, from 0 to 1.
 */
export async function roundTrip(): Promise<string[]> {
  // As the core does at its start: Electron's Node has no `globalThis.crypto`.
  installWebCryptoShim();
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-round-trip-'));
  const backups = createBackups({
    directory,
    clock: { now: () => 1 },
    checkMail: () => Promise.resolve({ outcome: 'damaged' }),
    onionOf: () => {
      throw new Error('there are no identities');
    },
    checkKeys: () => Promise.resolve(false),
  });
  const progressed = (): void => undefined;
  const before = performance.eventLoopUtilization();
  try {
    const source = {
      identities: [],
      guests: [],
      settings: defaultSettings,
      copyMail: () => Promise.reject(new Error('there is no mail')),
    };
    const { path } = await backups.create({ source, passphrase: 'wörd', withMail: true, progressed });
    const good = await backups.test({ path, passphrase: 'wörd', progressed });
    const wrong = await backups.test({ path, passphrase: 'word', progressed });
    const { utilization } = performance.eventLoopUtilization(before);
    return [good.outcome, wrong.outcome === 'good' ? 'good' : wrong.problem, utilization.toFixed(3)];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
