import { join } from 'node:path';
import { defaultSettings } from '../../../../shared/settings';
import { createMailStore } from '../mail-store';
import { openProfile } from '../vault/profile';
import { BOB, CHEAP_KDF, vaultIdentity } from './store-fixtures';

/**
 * A child process that makes the profile in its first argument from two identities, and is killed after so many of its
 * four steps.
 */
const [directory = '', steps = '0'] = process.argv.slice(2);
let left = Number(steps);

function step(run: () => void): void {
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  left -= 1;
  run();
}

const identities = [vaultIdentity(), vaultIdentity({ address: BOB })];
const mailPath = (index: number): string => join(directory, `scratch-${String(index)}.db`);
const events = { publish: (): void => undefined };
const profile = openProfile({
  directory,
  clock: { now: () => 0 },
  random: { bytes: (length) => new Uint8Array(length).fill(7) },
  events,
  kdf: CHEAP_KDF,
});
identities.forEach(({ id, databaseKey }, index) =>
  createMailStore({ path: mailPath(index), key: databaseKey, identityId: id, events, mode: 'create' }).close(),
);
void profile.create('passphrase', (vault) => {
  identities.forEach((identity, index) => step(() => vault.installIdentity({ identity, mailPath: mailPath(index) })));
  step(() => vault.setSettings(defaultSettings));
  step(() => undefined);
});
