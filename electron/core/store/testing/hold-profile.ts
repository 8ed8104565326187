import { openProfile } from '../vault/profile';
import { CHEAP_KDF } from './store-fixtures';

/** A child process that takes the profile in its argument, says so, and lives until it is killed or its input ends. */
try {
  openProfile({
    directory: process.argv[2] ?? '',
    clock: { now: () => 0 },
    random: { bytes: (length) => new Uint8Array(length) },
    events: { publish: () => undefined },
    kdf: CHEAP_KDF,
  });
  process.stdout.write('held\n');
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? String(error.code) : 'fault'}\n`);
}
process.stdin.on('end', () => process.exit()).resume();
