import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Octets that gpg hashes for a passphrase: the fewest it takes, of the sixty million of a tenth of a second. */
const CHEAP_PASSPHRASES = 's2k-count 65536\n';

/** For tests: the real gpg with a key ring of its own. */
export type Gpg = {
  /** Resolves with everything gpg said; rejects when it fails. */
  run(
    args: readonly string[],
    input?: Uint8Array | string,
  ): Promise<{ readonly stdout: Buffer; readonly stderr: string }>;
  remove(): Promise<void>;
};

export function openGpg(): Gpg {
  // Directly under /tmp: gpg-agent's socket path has room for 108 octets.
  const home = mkdtempSync(join('/tmp', 'ph-gpg-'));
  chmodSync(home, 0o700);
  writeFileSync(join(home, 'gpg-agent.conf'), CHEAP_PASSPHRASES);
  const fixed = [
    '--homedir',
    home,
    '--batch',
    '--no-tty',
    '--yes',
    '--pinentry-mode',
    'loopback',
    '--no-auto-check-trustdb',
  ];
  return {
    run: (args, input) => runProgram('gpg', [...fixed, ...args], input),
    async remove() {
      await runProgram('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function runProgram(
  program: string,
  args: readonly string[],
  input?: Uint8Array | string,
): Promise<{ stdout: Buffer; stderr: string }> {
  return new Promise((resolve, reject) => {
    const options = { encoding: 'buffer' as const, maxBuffer: 200 << 20, env: { ...process.env, LC_ALL: 'C' } };
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr: stderr.toString() });
      else reject(new Error(`${program} ${args.at(-1) ?? ''}: ${stderr.toString()}`, { cause: error }));
    });
    child.stdin?.end(input);
  });
}
