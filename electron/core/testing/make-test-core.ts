import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CoreContract } from '../../../shared/contract/core-contract';
import type { CoreEvent } from '../../../shared/contract/core-events';
import type { Identity } from '../../../shared/identity';
import type { CallOf } from '../../../shared/contract/rpc-kit';
import type { Mime } from '../ports/mime';
import type { Clock, Log } from '../ports/runtime';
import { channelPair } from '../rpc/channel-pair';
import { RpcClient } from '../../../shared/contract/rpc-client';
import { present } from '../../../shared/present';
import { systemClock } from '../runtime/system-clock';
import { assembleCore, serveCore, type AssembledCore, type Core } from '../start-core';
import { LoopbackOnion, type LoopbackNetwork } from './loopback-onion';
import { sharedWorkers } from './shared-workers';

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Argon2id at its cheapest: a test asks whether it is used, not whether it is slow. */
const cheapKdf = { memoryKib: 64, iterations: 1, parallelism: 1 } as const;

export type TestCore = {
  readonly core: Core;
  /** For tests that enter as IMAP or SMTP do, without rpc. */
  readonly inside: Pick<AssembledCore, 'services' | 'session' | 'sockets'>;
  readonly onion: LoopbackOnion;
  readonly directory: string;
  readonly call: CallOf<CoreContract>;
  /** Resolves with the first event, from now on, that satisfies `is`. */
  when<T extends CoreEvent['type']>(
    type: T,
    is: (event: Extract<CoreEvent, { type: T }>) => boolean,
  ): Promise<Extract<CoreEvent, { type: T }>>;
  onEvent(listener: (event: CoreEvent) => void): void;
  /** Stops the core; its directory stays until `remove`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
};

export const passphrase = 'correct horse battery';

/**
 * A real core, with everything but the Tor network below it, and an unlocked profile. `directory`: one to open again;
 * `parent`: where a new one is made; `profile`: `new` leaves it without a profile; `mime`: other workers that read,
 * closed with the core.
 */
export async function makeTestCore(
  network: LoopbackNetwork,
  o: { clock?: Clock; directory?: string; parent?: string; log?: Log; profile?: 'new'; mime?: Mime } = {},
): Promise<TestCore> {
  const directory = o.directory ?? (await mkdtemp(join(o.parent ?? tmpdir(), 'posthorn-core-')));
  const onion = new LoopbackOnion(network);
  const log = o.log ?? silent;
  const inside = assembleCore(
    {
      profileDirectory: directory,
      pgpWorkerPath: resolve('dist/core/pgp-worker.cjs'),
      log,
      clock: o.clock ?? systemClock(),
    },
    { onion, ...sharedWorkers(), ...present({ mime: o.mime }), kdf: cheapKdf, backupWorkFactor: 10 },
  );
  const core = serveCore(inside, log);
  const [near, far] = channelPair();
  core.attachClient(far);
  const caller = new RpcClient(near);
  if (o.profile !== 'new')
    await caller.call(o.directory === undefined ? 'profile.create' : 'profile.unlock', { passphrase });
  return {
    core,
    inside,
    onion,
    directory,
    call: caller.call,
    when: (type, is) => nextEvent(caller, type, is),
    onEvent: (listener) => {
      caller.onEvent(listener);
    },
    stop: () => core.stop(),
    remove: async () => {
      await core.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function nextEvent<T extends CoreEvent['type']>(
  caller: RpcClient,
  type: T,
  is: (event: Extract<CoreEvent, { type: T }>) => boolean,
): Promise<Extract<CoreEvent, { type: T }>> {
  return new Promise((resolve) => {
    const stop = caller.onEvent((event) => {
      if (event.type !== type || !is(event as Extract<CoreEvent, { type: T }>)) return;
      stop();
      resolve(event as Extract<CoreEvent, { type: T }>);
    });
  });
}

/** A new identity with this local part. */
export function makeIdentity(core: TestCore, localPart: string): Promise<Identity> {
  return core.call('identities.create', { localPart, label: '', colour: 'blue' });
}

/** Writes and submits one message; resolves with its row. */
export async function sendMail(
  core: TestCore,
  from: Identity,
  o: {
    to: readonly string[];
    cc?: readonly string[];
    bcc?: readonly string[];
    subject?: string;
    text?: string;
    inReplyTo?: string;
    files?: readonly Uint8Array[];
  },
): Promise<Awaited<ReturnType<typeof core.call<'messages.submit'>>>> {
  const content = {
    to: [...o.to],
    cc: [...(o.cc ?? [])],
    bcc: [...(o.bcc ?? [])],
    subject: o.subject ?? 'Hello',
    text: o.text ?? 'How are you?',
    ...present({ inReplyTo: o.inReplyTo }),
  };
  const draft = await core.call('drafts.save', { identityId: from.id, content: content });
  for (const [index, file] of (o.files ?? []).entries()) {
    await core.call('drafts.attach', {
      identityId: from.id,
      draftId: draft.id,
      filename: `file-${String(index)}.bin`,
      contentType: 'application/octet-stream',
      content: file,
    });
  }
  return core.call('messages.submit', { identityId: from.id, draftId: draft.id });
}
