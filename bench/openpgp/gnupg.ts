import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';

/** GnuPG with a home of its own. */
export type Gnupg = {
  run(args: readonly string[]): Promise<void>;
  remove(): Promise<void>;
};

/** @param passphrase of the keys that are imported */
export function openGnupg(passphrase: string): Gnupg {
  // Short, because the path of gpg-agent's socket may have 107 octets.
  const home = mkdtempSync('/tmp/gpg-');
  const common = [
    '--homedir',
    home,
    '--batch',
    '--yes',
    '--quiet',
    '--no-tty',
    '--pinentry-mode',
    'loopback',
    '--passphrase',
    passphrase,
    '--trust-model',
    'always',
  ];
  return {
    run: async (args) => {
      await promisify(execFile)('gpg', [...common, ...args]);
    },
    remove: async () => {
      await promisify(execFile)('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
