import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setupOf } from '../../../renderer/features/settings/programs/program-setup';
import type { ProgramLogin } from './let-program-in';
import { ProgramHome, type ProgramResult } from './program-home';

/** A message in a Maildir: letters of its flags (`F` flagged, `R` answered, `S` seen, `T` deleted). */
export type LocalMessage = { readonly path: string; readonly flags: string; readonly octets: Buffer };

/** Somebody who keeps mail on the disk by mbsync, set up as the page «Connect a mail program» says. */
export class Mbsync {
  readonly home: ProgramHome;
  readonly #config: string;

  constructor(login: ProgramLogin) {
    this.home = new ProgramHome('mbsync');
    const file = setupOf('mutt', login).files.find(({ name }) => name === '~/.mbsyncrc');
    mkdirSync(this.folder, { recursive: true });
    this.#config = this.home.write('.mbsyncrc', file!.text.replaceAll('~/', `${this.home.path}/`));
  }

  get folder(): string {
    return join(this.home.path, 'Mail/posthorn');
  }

  /** Brings both sides to the same; resolves when it has ended, however. */
  run(): Promise<ProgramResult> {
    return this.home.run(['mbsync', '-c', this.#config, '-a']);
  }

  /** The same. @throws when it complains */
  async sync(): Promise<void> {
    const { status, stderr } = await this.run();
    if (status !== 0 || stderr !== '') throw new Error(`mbsync ended with ${String(status)}: ${stderr}`);
  }

  /** Puts a message into a mailbox on the disk, which is made. */
  put(mailbox: string, o: { readonly name: string; readonly octets: Uint8Array; readonly flags?: string }): void {
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(this.folder, mailbox, part), { recursive: true });
    const text = Buffer.from(o.octets).toString('latin1').replaceAll('\r\n', '\n');
    const path = this.home.write(`Mail/posthorn/${mailbox}/tmp/${o.name}`, Buffer.from(text, 'latin1'));
    renameSync(path, join(this.folder, mailbox, 'cur', `${o.name}:2,${o.flags ?? ''}`));
  }

  /** What lies in a mailbox on the disk, by Message-ID. @throws when one is there twice */
  messages(mailbox: string): ReadonlyMap<string, LocalMessage> {
    const found = new Map<string, LocalMessage>();
    for (const path of this.#filesOf(mailbox)) {
      const octets = readFileSync(path);
      const id = /^message-id:\s*(<[^>]*>)/imu.exec(octets.toString('latin1'))?.[1] ?? path;
      if (found.has(id)) throw new Error(`${id} lies in ${mailbox} twice`);
      found.set(id, { path, flags: /:2,([A-Z]*)$/u.exec(path)?.[1] ?? '', octets });
    }
    return found;
  }

  /** Gives a message other flags, as mutt does on a Maildir. */
  setFlags(mailbox: string, messageId: string, flags: string): void {
    const { path } = this.messages(mailbox).get(messageId)!;
    renameSync(path, path.replace(/\/(?:new|cur)\/([^/:]+)[^/]*$/u, `/cur/$1:2,${flags}`));
  }

  /** Every file of mail and of state, with when it was changed: the same again when nothing moved. */
  everything(): readonly string[] {
    const files = readdirSync(this.folder, { recursive: true }).map(String).sort();
    return files
      .filter((name) => !statSync(join(this.folder, name)).isDirectory())
      .map((name) => `${name} ${String(statSync(join(this.folder, name)).mtimeMs)}`);
  }

  #filesOf(mailbox: string): string[] {
    return ['cur', 'new'].flatMap((part) => {
      const folder = join(this.folder, mailbox, part);
      return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
    });
  }
}
