import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { SmtpPeer } from '../process/smtp-peer';
import { servedKey, smtpDoor } from '../tor/tor-facing-doors';

/** As electron/core/testing/strangers-letters.ts takes it; `html` stands in place of the text. */
export type Letter = { readonly subject: string; readonly html?: string };

type Written = { readonly from: string; readonly letters: readonly string[] };
type Reader = { readonly pid: number; readonly address: string };

/** Somebody with an address and a key of their own, who can write what no good program would. */
export class Stranger {
  readonly #reader: Reader;
  readonly #from: string;
  readonly #letters: ReadonlyMap<string, string>;

  private constructor({ reader, from, letters }: { reader: Reader; from: string; letters: Map<string, string> }) {
    this.#reader = reader;
    this.#from = from;
    this.#letters = letters;
  }

  /** Writes and seals letters to the address that this process takes mail for. */
  static async write(letters: readonly Letter[], reader: Reader): Promise<Stranger> {
    const { address } = reader;
    const written = await writeLetters({ address, key: await servedKey(reader.pid, address), letters });
    const bySubject = new Map(letters.map(({ subject }, index) => [subject, written.letters[index]!]));
    return new Stranger({ reader, from: written.from, letters: bySubject });
  }

  /** Brings one of the letters, as tor would. @returns the reply to the whole mail */
  async deliver(subject: string): Promise<string> {
    const { pid, address } = this.#reader;
    const peer = await SmtpPeer.to(await smtpDoor(pid));
    try {
      await peer.data({ from: this.#from, to: address });
      return await peer.content(Buffer.from(this.#letters.get(subject)!, 'base64'));
    } finally {
      peer.close();
    }
  }
}

/** In a process of its own: letters are sealed by the core's own parts, which the tests here only see built. */
async function writeLetters(order: object): Promise<Written> {
  const program = resolve('node_modules/.cache', `strangers-letters-${process.pid}.mjs`);
  await build({
    entryPoints: ['electron/core/testing/strangers-letters.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.18',
    packages: 'external',
    define: { __PRODUCTION__: 'false' },
  });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(order)]);
    return JSON.parse(stdout) as Written;
  } finally {
    rmSync(program, { force: true });
  }
}
