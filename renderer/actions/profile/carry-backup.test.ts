import { describe, expect, it } from 'vitest';
import { BACKUP_PIECE_BYTES } from '../../../shared/contract/backup-contract';
import { PosthornError } from '../../../shared/errors';
import type { BackupId } from '../../../shared/ids';
import { makeServices } from '../../testing/make-services';
import type { Answers } from '../../testing/make-services';
import { addressOf, NOON, uuid } from '../../testing/sample-mail';
import type { BackupMoment } from './carry-backup';
import { makeBackup } from './make-backup';
import { restoreBackup } from './restore-backup';
import { testBackup } from './test-backup';

const backupId = uuid(7) as BackupId;
const fileId = uuid(8);
const contents = {
  createdAt: NOON,
  withMail: true,
  identities: [{ address: addressOf('me'), label: '', contacts: 1, messages: 2 }],
};
const good = { outcome: 'good' as const, contents };
const done = () => ({});

/** A core that holds a backup of these octets and hands it out in pieces of `size`, and a desktop that writes files. */
const workshop = (octets: Uint8Array, { core = {}, shell = {} }: Answers = {}, size = 4) => {
  const written: number[] = [];
  const received: number[] = [];
  const moments: BackupMoment[] = [];
  const abort = new AbortController();
  const test = makeServices({
    core: {
      'backup.create': () => ({ backupId, size: octets.length, contents }),
      'backup.read': ({ offset }) => octets.slice(offset, offset + size),
      'backup.open': () => ({ backupId }),
      'backup.write': ({ piece }) => {
        received.push(piece.length);
        return {};
      },
      'backup.test': () => good,
      'backup.restore': () => good,
      'backup.discard': done,
      ...core,
    },
    shell: {
      'files.create': () => ({ fileId }),
      'files.append': ({ piece }) => {
        written.push(...piece);
        return {};
      },
      'files.finish': done,
      ...shell,
    },
  });
  const watching = { onMoment: (moment: BackupMoment) => void moments.push(moment), signal: abort.signal };
  const called = (method: string) => test.calls.filter(([name]) => name === method).map(([, params]) => params);
  return { ...test, written, received, moments, abort, watching, called };
};

const fileOf = (size: number): File => new File([new Uint8Array(size)], 'backup.posthorn');
const passphrase = 'a long passphrase';

describe('making a backup', () => {
  it('writes all of it into the chosen file, piece by piece, and tells how far it is', async () => {
    const octets = Uint8Array.from({ length: 10 }, (_, index) => index);
    const { services, written, watching, moments, called } = workshop(octets);
    const made = await makeBackup(services, { passphrase, withMail: true, ...watching });
    expect(made).toEqual({ size: 10, contents });
    expect(written).toEqual([...octets]);
    expect(moments.filter(({ step }) => step === 'save').map(({ bytes }) => bytes)).toEqual([0, 4, 8, 10]);
    expect(called('files.finish')).toEqual([{ fileId, keep: true }]);
    expect(called('backup.discard')).toEqual([{ backupId }]);
  });

  it('asks the core for nothing when the person names no file', async () => {
    const { services, watching, calls } = workshop(new Uint8Array(1), { shell: { 'files.create': () => ({}) } });
    expect(await makeBackup(services, { passphrase, withMail: true, ...watching })).toBeUndefined();
    expect(calls.map(([method]) => method)).toEqual(['files.create']);
  });

  it('leaves no half file when the disk is full, and says why', async () => {
    const full = () => Promise.reject(new PosthornError('disk-full', 'The disk is full.'));
    const { services, watching, called } = workshop(new Uint8Array(9), { shell: { 'files.append': full } });
    const made = makeBackup(services, { passphrase, withMail: true, ...watching });
    await expect(made).rejects.toMatchObject({ code: 'disk-full' });
    expect(called('files.finish')).toEqual([{ fileId, keep: false }]);
    expect(called('backup.discard')).toEqual([{ backupId }]);
  });

  it('can be stopped halfway: no file, no error, nothing left in the core', async () => {
    const test = workshop(new Uint8Array(100));
    const onMoment = ({ step, bytes }: BackupMoment) => {
      if (step === 'save' && bytes >= 8) test.abort.abort();
    };
    const made = await makeBackup(test.services, { passphrase, withMail: true, ...test.watching, onMoment });
    expect(made).toBeUndefined();
    expect(test.called('files.finish')).toEqual([{ fileId, keep: false }]);
    expect(test.called('backup.discard')).toEqual([{ backupId }]);
    expect(test.written.length).toBeLessThan(100);
  });

  it('tells what the core announces of this work, and of no other', async () => {
    const test = workshop(new Uint8Array(1), {
      core: {
        'backup.create': () => {
          test.tell({ type: 'backup.progressed', progress: { work: 'restore', bytes: 3 } });
          test.tell({ type: 'backup.progressed', progress: { work: 'create', bytes: 5, total: 9 } });
          return { backupId, size: 1, contents };
        },
      },
    });
    await makeBackup(test.services, { passphrase, withMail: true, ...test.watching });
    expect(test.moments.slice(0, 2)).toEqual([
      { step: 'create', bytes: 0 },
      { step: 'create', bytes: 5, total: 9 },
    ]);
  });
});

describe.each([
  ['testing', testBackup, {}],
  ['restoring', restoreBackup, { profilePassphrase: 'another passphrase' }],
])('%s a backup', (_what, carry, more) => {
  const run = (test: ReturnType<typeof workshop>, file: File) =>
    carry(test.services, { file, passphrase, profilePassphrase: '', ...more, ...test.watching });

  it('hands the file to the core in pieces that fit into a call', async () => {
    const test = workshop(new Uint8Array(0));
    expect(await run(test, fileOf(2 * BACKUP_PIECE_BYTES + 5))).toEqual(good);
    expect(test.called('backup.open')).toEqual([{ size: 2 * BACKUP_PIECE_BYTES + 5 }]);
    expect(test.received).toEqual([BACKUP_PIECE_BYTES, BACKUP_PIECE_BYTES, 5]);
    expect(test.called('backup.discard')).toEqual([{ backupId }]);
  });

  it('knows an empty file for none without asking', async () => {
    const test = workshop(new Uint8Array(0));
    expect(await run(test, fileOf(0))).toEqual({ outcome: 'refused', problem: 'not-a-backup' });
    expect(test.calls).toEqual([]);
  });

  it('says what is wrong with it, and throws that away too', async () => {
    const refused = { outcome: 'refused' as const, problem: 'wrong-passphrase' as const };
    const answer = { 'backup.test': () => refused, 'backup.restore': () => refused };
    const test = workshop(new Uint8Array(0), { core: answer });
    expect(await run(test, fileOf(3))).toEqual(refused);
    expect(test.called('backup.discard')).toEqual([{ backupId }]);
  });

  it('can be stopped while the file is read', async () => {
    const test = workshop(new Uint8Array(0), { core: { 'backup.write': () => (test.abort.abort(), {}) } });
    expect(await run(test, fileOf(3 * BACKUP_PIECE_BYTES))).toBeUndefined();
    expect(test.called('backup.test').length + test.called('backup.restore').length).toBe(0);
    await expect.poll(() => test.called('backup.discard')).toEqual([{ backupId }]);
  });

  it('says when the file is gone in the meantime', async () => {
    const test = workshop(new Uint8Array(0));
    const gone = fileOf(3);
    Object.defineProperty(gone, 'slice', {
      value: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }),
    });
    await expect(run(test, gone)).rejects.toMatchObject({ code: 'backup-refused' });
  });
});
