import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePorts } from '../../tornet/free-ports';
import { startGuardian } from '../../tornet/guardian';
import { torEnvironment } from '../../tornet/tor-environment';
import { ChildOutput } from '../process/child-output';
import { temporaryFolder } from '../process/temporary-folder';

/** A tor of a device without Posthorn, as Orbot runs it. `port`: of 127.0.0.1, where it takes streams by SOCKS. */
export type ClientTor = { readonly port: number; stop(): Promise<void> };

/**
 * Starts Debian's tor; resolves when it is bootstrapped.
 * @param network lines of a client of the network, as `inject('tornet')` gives them
 * @param keys what it may find besides: contents of files `*.auth_private` (tor's manual, ClientOnionAuthDir)
 * @throws when it ends instead
 */
export async function startClientTor(network: readonly string[], keys: readonly string[]): Promise<ClientTor> {
  const folder = temporaryFolder('client-tor');
  const [data, auth] = [join(folder.path, 'data'), join(folder.path, 'auth')];
  for (const each of [data, auth]) mkdirSync(each, { mode: 0o700 });
  for (const [index, key] of keys.entries())
    writeFileSync(join(auth, `${String(index)}.auth_private`), `${key}\n`, { mode: 0o600 });
  const [port] = (await findFreePorts(1)) as [number];
  const guardian = startGuardian(folder.path);
  const child = spawn('tor', ['-f', '-', '--defaults-torrc', '/nonexistent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: torEnvironment(),
  });
  if (child.pid !== undefined) guardian.watch(child.pid);
  const exited = once(child, 'exit').catch(() => undefined);
  const stop = async (): Promise<void> => {
    guardian.dismiss();
    child.kill('SIGKILL');
    await exited;
    folder.remove();
  };
  const lines = [
    `DataDirectory "${data}"`,
    `ClientOnionAuthDir "${auth}"`,
    `SocksPort 127.0.0.1:${String(port)} ExtendedErrors`,
    'Log notice stdout',
    'GeoIPFile /dev/null',
    'GeoIPv6File /dev/null',
    ...network,
    '',
  ];
  child.stdin.on('error', () => undefined);
  child.stdin.end(lines.join('\n'));
  const ready = new ChildOutput(child.stdout).line(/Bootstrapped 100%/u);
  try {
    await Promise.race([ready, exited.then(() => Promise.reject(new Error('The tor of the device ended')))]);
    return { port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
