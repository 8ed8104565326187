import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type GpgAnswer = { readonly status: number; readonly stdout: Buffer; readonly stderr: string };

/** The real GnuPG with a home of its own, for one person. */
export class Gpg {
  readonly #home: string;

  private constructor(home: string) {
    this.#home = home;
  }

  static open(): Gpg {
    // Directly under /tmp: the path of its agent's socket has room for 108 octets.
    const home = mkdtempSync('/tmp/posthorn-gpg-');
    chmodSync(home, 0o700);
    writeFileSync(join(home, 'dirmngr.conf'), 'no-use-tor\n');
    // Octets hashed for a passphrase: the fewest it takes, of the sixty million of a tenth of a second.
    writeFileSync(join(home, 'gpg-agent.conf'), 's2k-count 65536\n');
    return new Gpg(home);
  }

  /** Runs gpg to its end, whatever that is. */
  try(args: readonly string[], input?: Uint8Array | string): Promise<GpgAnswer> {
    const fixed = [
      '--homedir',
      this.#home,
      '--batch',
      '--no-tty',
      '--yes',
      '--pinentry-mode',
      'loopback',
      '--no-auto-check-trustdb',
    ];
    return runProgram('gpg', [...fixed, ...args], input);
  }

  /** Runs gpg; the text it prints. @throws Error with its complaint when it fails */
  async run(args: readonly string[], input?: Uint8Array | string): Promise<string> {
    const { status, stdout, stderr } = await this.try(args, input);
    if (status !== 0) throw new Error(`gpg ${args.join(' ')}: ${stderr}`);
    return stdout.toString('utf8');
  }

  /** Ends its agent and key server client, removes its home. */
  async remove(): Promise<void> {
    await runProgram('gpgconf', ['--homedir', this.#home, '--kill', 'all']);
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function runProgram(program: string, args: readonly string[], input?: Uint8Array | string): Promise<GpgAnswer> {
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: 64 << 20, env: { ...process.env, LC_ALL: 'C' } } as const;
    const child = execFile(program, [...args], options, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, stdout, stderr: stderr.toString('utf8') });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
