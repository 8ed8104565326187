import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../electron/core/testing/free-port';
import { untilListening } from '../report/until-listening';
import { dovecotConf } from './dovecot-config';
import { imapLetters } from './imap-letters';

/** A Dovecot of our own on loopback, with a Maildir of the letters. */
export type RunningDovecot = {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Octets that its processes of sessions have for themselves. */
  sessionOctets(): number;
  stop(): Promise<void>;
};

/** Dovecot's master has to change to other accounts; mbsync (Debian: isync) pulls from it. */
export const canRunDovecot =
  process.getuid?.() === 0 && ['/usr/lib/dovecot/imap', '/usr/bin/mbsync'].every((path) => existsSync(path));

/** nobody, to whom the Maildir belongs. */
const NOBODY = 65_534;

/** Starts it in a folder of its own among the temporary files. @throws when it does not come up */
export async function startDovecot(messages: number): Promise<RunningDovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-dovecot-'));
  // Its processes run under other accounts; the mail in it is made up.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const login = { user: 'nora', password: 'pass' };
  fill(join(folder, 'home'), messages);
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'dovecot.conf'), dovecotConf({ folder, port, account: NOBODY, ...login }));
  const master = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = await untilListening(master, { name: 'Dovecot', port, folder, end: () => void master.kill() });
  return { port, ...login, sessionOctets: () => privateOctets(master.pid ?? 0), stop };
}

/** Writes the letters as a delivery would have, with the time of arrival and flags in their names. */
function fill(home: string, messages: number): void {
  const folders = [home, join(home, 'Maildir'), ...['cur', 'new', 'tmp'].map((name) => join(home, 'Maildir', name))];
  for (const each of folders) {
    mkdirSync(each, { recursive: true });
    chownSync(each, NOBODY, NOBODY);
  }
  let number = 0;
  for (const { octets, seen, at } of imapLetters(messages)) {
    number += 1;
    const unique = `${String(Math.floor(at / 1_000))}.M${String(number).padStart(6, '0')}P1.bench`;
    const path = join(home, 'Maildir/cur', `${unique},S=${String(octets.length)}:2,${seen ? 'S' : ''}`);
    writeFileSync(path, octets);
    chownSync(path, NOBODY, NOBODY);
  }
}

/** What the processes of the sessions have in memory that they share with nobody (proc(5), smaps_rollup). */
function privateOctets(master: number): number {
  let octets = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/u.test(name))) {
    try {
      const [, name = '', parent = ''] =
        /^\d+ \((.*)\) \S (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      if (name !== 'imap' || Number(parent) !== master) continue;
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      for (const [, kib = '0'] of rollup.matchAll(/^Private_(?:Clean|Dirty): +(\d+) kB$/gmu))
        octets += Number(kib) * 1_024;
    } catch {
      // It ended meanwhile.
    }
  }
  return octets;
}
