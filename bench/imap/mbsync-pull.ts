import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ImapPlace } from './imap-place';

const run = promisify(execFile);

/** Milliseconds of a first pull of the inbox by mbsync(1), and of a second that finds nothing new. */
export async function mbsyncPulls(
  place: ImapPlace,
  messages: number,
): Promise<{ readonly first: number; readonly second: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-mbsync-'));
  try {
    mkdirSync(join(folder, 'mail'));
    const config = join(folder, 'mbsyncrc');
    writeFileSync(config, mbsyncrc(folder, place), { mode: 0o600 });
    const pull = async (): Promise<number> => {
      const begun = performance.now();
      await run('mbsync', ['-c', config, '-a'], { env: { ...process.env, HOME: folder } });
      return performance.now() - begun;
    };
    const first = await pull();
    const second = await pull();
    const got = ['cur', 'new'].reduce((sum, name) => sum + readdirSync(join(folder, 'mail/INBOX', name)).length, 0);
    if (got !== messages) throw new Error(`mbsync pulled ${String(got)} of ${String(messages)} messages.`);
    return { first, second };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const mbsyncrc = (folder: string, { port, user, password }: ImapPlace): string => `IMAPStore far
Host 127.0.0.1
Port ${String(port)}
User "${user}"
Pass "${password}"
SSLType None
AuthMechs LOGIN

MaildirStore near
Path ${folder}/mail/
Inbox ${folder}/mail/INBOX
SubFolders Verbatim

Channel mail
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
`;
