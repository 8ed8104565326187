import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from './free-ports';
import { startGuardian } from './guardian';
import { torEnvironment } from './tor-environment';

/** A bridge of the private Tor network that can be reached by obfs4 alone. */
export type Obfs4Bridge = {
  /** What a person would be given. */
  readonly line: string;
  /** Address and port, as they stand in the line. */
  readonly address: string;
  stop(): Promise<void>;
};

/** The program of Debian's package obfs4proxy. */
export const obfs4Program = '/usr/bin/obfs4proxy';

/**
 * Starts a bridge and resolves when its transport listens.
 * @param network lines of a client of the network, as `Tornet.clientTorrcLines`
 * @throws when tor or the transport ends instead
 */
export async function startObfs4Bridge(network: readonly string[]): Promise<Obfs4Bridge> {
  const dir = mkdtempSync(join(tmpdir(), 'posthorn-bridge-'));
  const guardian = startGuardian(dir);
  const [orPort = 0, ptPort = 0] = await findFreePorts(2);
  const child = spawn('tor', ['-f', '-', '--defaults-torrc', '/nonexistent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: torEnvironment(),
  });
  if (child.pid !== undefined) guardian.watch(child.pid);
  const exited = once(child, 'exit').catch(() => undefined);
  const stop = async () => {
    guardian.dismiss();
    child.kill('SIGKILL');
    await exited;
    rmSync(dir, { recursive: true, force: true });
  };
  child.stdin.on('error', () => undefined);
  child.stdin.end(bridgeTorrc({ dir, orPort, ptPort, network }));
  try {
    await Promise.race([listening(child.stdout), exited.then(() => Promise.reject(new Error('The bridge ended')))]);
    return { line: bridgeLine(dir, ptPort), address: `127.0.0.1:${ptPort}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Place = {
  readonly dir: string;
  readonly orPort: number;
  readonly ptPort: number;
  readonly network: readonly string[];
};

function bridgeTorrc({ dir, orPort, ptPort, network }: Place): string {
  return [
    `DataDirectory "${dir}"`,
    'Log notice stdout',
    'SocksPort 0',
    'GeoIPFile /dev/null',
    'GeoIPv6File /dev/null',
    'BridgeRelay 1',
    'Nickname bridge',
    'Address 127.0.0.1',
    // The clients' lines are for a network whose relays are on this machine; the bridge itself needs no proof of that.
    'AssumeReachable 1',
    'PublishServerDescriptor 0',
    `ORPort 127.0.0.1:${orPort}`,
    'ExtORPort auto',
    `ServerTransportPlugin obfs4 exec ${obfs4Program}`,
    `ServerTransportListenAddr obfs4 127.0.0.1:${ptPort}`,
    ...network,
    '',
  ].join('\n');
}

/** tor says so after the transport did. */
function listening(output: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    output.on('data', (part: Buffer) => {
      text = (text + part.toString('latin1')).slice(-20_000);
      if (text.includes("Registered server transport 'obfs4'")) resolve();
    });
  });
}

function bridgeLine(dir: string, ptPort: number): string {
  const template = join(dir, 'pt_state', 'obfs4_bridgeline.txt');
  if (!existsSync(template)) throw new Error('obfs4proxy wrote no bridge line');
  const parameters = /cert=\S+ iat-mode=\d/u.exec(readFileSync(template, 'utf8'))?.[0];
  const [, fingerprint] = readFileSync(join(dir, 'fingerprint'), 'utf8').trim().split(' ');
  if (parameters === undefined || fingerprint === undefined) throw new Error('The bridge does not say how to reach it');
  return `obfs4 127.0.0.1:${ptPort} ${fingerprint} ${parameters}`;
}
