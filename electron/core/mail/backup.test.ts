import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BackupId } from '../../../shared/ids';
import { LoopbackNetwork } from '../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../testing/make-test-core';

const backupPassphrase = 'a word for the backup';

let network: LoopbackNetwork;
let cores: TestCore[];

beforeEach(async () => {
  network = await LoopbackNetwork.start();
  cores = [];
});

afterEach(async () => {
  await Promise.all(cores.map((core) => core.remove()));
  await network.stop();
});

async function start(o: Parameters<typeof makeTestCore>[1] = {}): Promise<TestCore> {
  const core = await makeTestCore(network, o);
  cores.push(core);
  return core;
}

const pieceBytes = 1024 * 1024;

async function readAll(core: TestCore, backupId: BackupId): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let offset = 0; ; ) {
    const piece = await core.call('backup.read', { backupId, offset });
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(piece);
    offset += piece.length;
  }
}

async function makeBackup(core: TestCore, withMail = true): Promise<Uint8Array> {
  const { backupId, size } = await core.call('backup.create', { passphrase: backupPassphrase, withMail });
  const file = await readAll(core, backupId);
  expect(file).toHaveLength(size);
  await core.call('backup.discard', { backupId });
  return file;
}

async function handIn(core: TestCore, file: Uint8Array): Promise<BackupId> {
  const { backupId } = await core.call('backup.open', { size: file.length });
  for (let offset = 0; offset < file.length; offset += pieceBytes) await core.call('backup.write', { backupId, piece: file.subarray(offset, offset + pieceBytes) });
  return backupId;
}

test('smoke', async () => {
  const alice = await start();
  const identity = await makeIdentity(alice, 'alice');
  const file = await makeBackup(alice);
  const backupId = await handIn(alice, file);
  expect(await alice.call('backup.test', { backupId, passphrase: backupPassphrase })).toMatchObject({ outcome: 'good' });
  expect(await alice.call('backup.test', { backupId, passphrase: 'another' })).toEqual({ outcome: 'refused', problem: 'wrong-passphrase' });
  await alice.stop();
  const other = await start({ profile: 'new' });
  const id = await handIn(other, file);
  expect(await other.call('backup.restore', { backupId: id, passphrase: backupPassphrase, profilePassphrase: 'correct horse battery' })).toMatchObject({ outcome: 'good' });
  const [restored] = await other.call('identities.list', {});
  expect(restored).toMatchObject({ address: identity.address });
});
