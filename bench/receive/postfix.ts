import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../electron/core/testing/free-port';
import { untilListening } from '../report/until-listening';
import { mainCf, masterCf } from './postfix-config';

const run = promisify(execFile);

/** A Postfix of our own on loopback, which delivers to a maildir with fsync. */
export type RunningPostfix = {
  readonly port: number;
  /** Resolves when so many messages more lie in the maildir than when it was called. */
  delivered(count: number): Promise<void>;
  stop(): Promise<void>;
};

/** Postfix's master has to change to other accounts. */
export const canRunPostfix = process.getuid?.() === 0;

/** nobody, to whom the maildir belongs. */
const nobody = 65_534;

/**
 * Starts it in a folder of its own among the temporary files. @throws when Postfix is not installed or does not come up
 */
export async function startPostfix(recipient: string): Promise<RunningPostfix> {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-postfix-'));
  // Its processes run under other accounts; the mail in it is made up.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const maildir = await prepare({ folder, port, recipient });
  const master = await startMaster(join(folder, 'config'));
  const stop = await untilListening(master, { name: 'Postfix', port, folder, end: () => void master.stdin?.end() });
  return { port, delivered: (count) => arrived(maildir, count), stop };
}

/**
 * Runs Postfix's master until standard input ends, which it also does when this process is killed. The master is leader
 * of a process group of its own, and takes that with it.
 */
const leash = 'exec 3<&0; setsid "$0" -c "$1" -d & master=$!; { cat <&3 >/dev/null; kill "$master"; } & wait "$master"';

async function startMaster(config: string): Promise<ChildProcess> {
  await run('postfix', ['-c', config, 'check']);
  const { stdout } = await run('postconf', ['-c', config, '-h', 'daemon_directory']);
  return spawn('sh', ['-c', leash, join(stdout.trim(), 'master'), config], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

/** Writes configuration and folders, each with its owner; returns the folder that mail arrives in. */
async function prepare({
  folder,
  port,
  recipient,
}: {
  folder: string;
  port: number;
  recipient: string;
}): Promise<string> {
  const mailbox = join(folder, 'mail/bob');
  const maildir = join(mailbox, 'new');
  for (const name of ['config', 'queue', 'data', 'mail/bob/new', 'mail/bob/tmp', 'mail/bob/cur'])
    mkdirSync(join(folder, name), { recursive: true });
  for (const path of [mailbox, maildir, join(mailbox, 'tmp'), join(mailbox, 'cur')]) chownSync(path, nobody, nobody);
  const { stdout: account } = await run('id', ['--user', 'postfix']);
  chownSync(join(folder, 'data'), Number(account), 0);
  writeFileSync(
    join(folder, 'config/main.cf'),
    mainCf({ folder, domain: recipient.split('@')[1] ?? '', account: nobody }),
  );
  writeFileSync(join(folder, 'config/master.cf'), masterCf(port));
  return maildir;
}

/** Counts on from what is there at the call; messages are never taken away. */
function arrived(maildir: string, count: number): Promise<void> {
  const wanted = readdirSync(maildir).length + count;
  return new Promise((resolve) => {
    const watcher = watch(maildir, () => {
      if (readdirSync(maildir).length < wanted) return;
      watcher.close();
      resolve();
    });
  });
}
