import { inspect } from 'node:util';
import { toWireError } from '../../shared/contract/answer-call';
import type { FromCore } from '../../shared/launch';
import { ToCore } from '../../shared/launch';
import type { PortLike } from './rpc/message-port-channel';
import { messagePortChannel } from './rpc/message-port-channel';
import { installWebCryptoShim } from './pgp/packets/webcrypto-shim';
import { jsonLog, wantsDebug } from './runtime/json-log';
import { systemClock } from './runtime/system-clock';
import type { Core } from './start-core';
import { startCore } from './start-core';

/** The part of Electron's `process.parentPort` in use here, so that the core does not import Electron. */
type ParentPort = {
  postMessage(message: FromCore): void;
  on(
    event: 'message',
    listener: (message: { readonly data: unknown; readonly ports: readonly PortLike[] }) => void,
  ): unknown;
};

const clock = systemClock();
const log = jsonLog({
  write: (line) => void process.stderr.write(line),
  now: () => clock.now(),
  debug: wantsDebug(process.env),
});

/** Runs the core in Electron's utility process: the main process says when to start it and hands it its clients. */
function main(parentPort: ParentPort): void {
  // Whoever read the log may be gone; mail goes on without them.
  process.stderr.on('error', () => undefined);
  // Before anything of OpenPGP is used: Electron's own WebCrypto lacks AES key wrap.
  installWebCryptoShim();
  let core: Core | undefined;
  parentPort.on('message', ({ data, ports }) => {
    const message = ToCore.parse(data);
    // Also without a core: what could not be started stands still no more than what was.
    if (message.type === 'ping') parentPort.postMessage({ type: 'pong' });
    else if (message.type === 'start') core ??= start(parentPort, message);
    // What fails to start is told by `start` itself; messages to it go nowhere.
    else if (core) pass(parentPort, { core, message, ports }).catch(() => log.error('message-failed'));
  });
}

function start(
  parentPort: ParentPort,
  { profileDirectory, pgpWorkerPath }: ToCore & { type: 'start' },
): Core | undefined {
  try {
    const busy = (): void => parentPort.postMessage({ type: 'busy' });
    const core = startCore({ profileDirectory, pgpWorkerPath, log, clock, busy });
    parentPort.postMessage({ type: 'ready' });
    core.followGlance((glance) => {
      parentPort.postMessage({ type: 'glance', glance });
    });
    return core;
  } catch (error) {
    const { code, message } = toWireError(error);
    log.error('core-start-failed');
    // May quote mail or paths: only where a developer is looking.
    if (code === 'internal' && !__PRODUCTION__) process.stderr.write(`${inspect(error)}\n`);
    parentPort.postMessage({ type: 'failed', code, message });
    return undefined;
  }
}

type Passed = { readonly core: Core; readonly message: ToCore; readonly ports: readonly PortLike[] };

async function pass(parentPort: ParentPort, { core, message, ports }: Passed): Promise<void> {
  switch (message.type) {
    case 'client':
      attachAll(core, ports);
      return;
    case 'tor':
      core.torChanged(message.tor);
      return;
    case 'resumed':
      return core.resumed();
    case 'lock':
    case 'screen-locked':
      return lock(core, message);
    case 'unlock-behind':
      return unlockBehind(parentPort, core, message.passphrase);
    case 'stop':
      await core.stop();
      parentPort.postMessage({ type: 'stopped' });
      return;
    case 'start':
    case 'ping':
      return;
  }
}

function attachAll(core: Core, ports: readonly PortLike[]): void {
  for (const port of ports) core.attachWindow(messagePortChannel(port));
}

type LockMessage = Extract<ToCore, { type: 'lock' | 'screen-locked' }>;

async function lock(core: Core, message: LockMessage): Promise<void> {
  if (message.type === 'screen-locked') await core.screenLocked();
  else if (message.what === 'everything') await core.lock();
  else core.lockWindows();
}

/** Nobody sits before it, so a passphrase that is another by now, or a fault, must be told. */
async function unlockBehind(parentPort: ParentPort, core: Core, passphrase: string): Promise<void> {
  let isOpen = false;
  try {
    isOpen = await core.unlockBehindWindows(passphrase);
  } finally {
    if (!isOpen) parentPort.postMessage({ type: 'still-locked' });
  }
}

// Node would print the stack, with paths of the person's, before it ends. The main process starts a new core.
if (__PRODUCTION__) {
  process.on('uncaughtException', () => {
    log.error('core-crashed');
    process.exit(1);
  });
}

main((process as unknown as { readonly parentPort: ParentPort }).parentPort);
