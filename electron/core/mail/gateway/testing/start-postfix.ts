import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Postfix = {
  /** What it has logged. */
  log(): Promise<string>;
  /** Tries everything in its queue now. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts a Postfix of its own, with a queue and a log of its own, and the lines that `posthorn gateway postfix-config`
 * prints. Needs root, as Postfix does.
 * @param o.config those lines, for `main.cf` and `master.cf`
 * @param o.smtpPort where strangers come in; whoever connects from 127.0.0.1 alone counts as this machine
 * @param o.relayPort where everything for elsewhere goes
 */
export async function startPostfix(o: {
  readonly config: string;
  readonly smtpPort: number;
  readonly relayPort: number;
}): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'posthorn-postfix-'));
  await chmod(folder, 0o755);
  const at = (name: string): string => join(folder, name);
  for (const name of ['etc', 'queue', 'data']) await mkdir(at(name));
  await run('chown', ['postfix', at('data')]);
  const [main = '', master = ''] = o.config.split(/^# Add to master\.cf\..*$/m);
  await writeFile(join(at('etc'), 'main.cf'), `${mainOf(folder, o.relayPort)}\n${main}`);
  await writeFile(join(at('etc'), 'master.cf'), `${masterOf(o.smtpPort)}\n${master.replace(/^#.*$/gm, '')}`);
  const postfix = (...words: string[]): Promise<unknown> => run('postfix', ['-c', at('etc'), ...words]);
  await postfix('start');
  return {
    log: () => readFile(at('log'), 'utf8'),
    flush: async () => void (await run('postqueue', ['-c', at('etc'), '-f'])),
    stop: async () => {
      await postfix('stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a distribution, or an operator, has set before. */
function mainOf(folder: string, relayPort: number): string {
  return [
    'compatibility_level = 3.6',
    `queue_directory = ${folder}/queue`,
    `data_directory = ${folder}/data`,
    `maillog_file = ${folder}/log`,
    'maillog_file_prefixes = /tmp',
    'myhostname = mx.example.org',
    'mydestination =',
    'mynetworks = 127.0.0.1/32',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'smtp_dns_support_level = disabled',
    'smtp_host_lookup = native',
    'disable_dns_lookups = yes',
    'alias_maps =',
    'alias_database =',
    'local_recipient_maps =',
    // On a slow machine the question whether an alias is there takes longer than the nine seconds that are usual.
    'address_verify_poll_count = 600',
    'address_verify_poll_delay = 1s',
    `relayhost = [127.0.0.1]:${String(relayPort)}`,
  ].join('\n');
}

function masterOf(smtpPort: number): string {
  return [
    'postlog unix-dgram n - n - 1 postlogd',
    `127.0.0.1:${String(smtpPort)} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'smtp unix - - n - - smtp',
    'relay unix - - n - - smtp',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
  ].join('\n');
}
