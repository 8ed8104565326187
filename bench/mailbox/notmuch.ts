import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeMail } from '../sample/write-mail';
import type { MailboxMail } from './mailbox-mail';

/** Notmuch on a maildir of its own. */
export type Notmuch = {
  /** Writes a message to the maildir. */
  add(mail: MailboxMail): void;
  /** Indexes what was written; milliseconds. */
  index(): Promise<number>;
  /** One run of the command; how many it names. */
  find(query: string, limit: number): Promise<number>;
};

/** @param folder that is empty @returns undefined where notmuch is not installed (Debian: `apt-get install notmuch`) */
export function openNotmuch(folder: string): Notmuch | undefined {
  try {
    execFileSync('notmuch', ['--version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const mail = join(folder, 'mail', 'cur');
  mkdirSync(mail, { recursive: true });
  for (const name of ['new', 'tmp']) mkdirSync(join(folder, 'mail', name));
  const config = join(folder, 'config');
  writeFileSync(
    config,
    `[database]\npath=${join(folder, 'mail')}\n[user]\nname=Nora\nprimary_email=nora@n.onion\n[new]\ntags=inbox\n[maildir]\nsynchronize_flags=true\n`,
  );
  const env = { ...process.env, NOTMUCH_CONFIG: config };
  const run = promisify(execFile);
  return {
    add: ({ planned: { number, seen }, row }) => {
      const { rfcMessageId: messageId, date, from, to, cc, subject, references, text } = row;
      const octets = writeMail({ messageId, date, from, to, cc, subject, references, text, files: [] });
      writeFileSync(join(mail, `${String(number)}.m:2,${seen ? 'S' : ''}`), octets);
    },
    index: async () => {
      const begun = performance.now();
      await run('notmuch', ['new', '--quiet'], { env, maxBuffer: 1 << 26 });
      return performance.now() - begun;
    },
    find: async (query, limit) => {
      const args = ['search', '--output=messages', '--sort=newest-first', `--limit=${String(limit)}`, query];
      const { stdout } = await run('notmuch', args, { env, maxBuffer: 1 << 26 });
      return stdout.split('\n').length - 1;
    },
  };
}
