import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import { defaultKeyPolicy } from '../../../shared/key-life';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import type { Answers } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { makeContact, makeIdentity, ME } from '../../testing/sample-mail';
import { saveCardPicture, saveVcard } from '../cards/save-card';
import { setKeyPolicy } from './change-own-key';
import { exportForGnupg, exportKeys, importKeys } from './exchange-keys';
import { exportPublicKey, exportSecretKey } from './export-key';
import { importOwnKey } from './import-own-key';
import { readPaperKey } from './read-paper-key';

const me = makeIdentity();
const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);
const refuse = () => Promise.reject(new PosthornError('passphrase-wrong', 'That passphrase is not right.'));

/** A desktop that saves every file but those whose name the person cancels. */
const desk = (core: NonNullable<Answers['core']>, cancelled: readonly string[] = []) => {
  const files: Record<string, string> = {};
  const test = makeServices({
    core,
    shell: {
      'files.save': ({ suggestedName, content }) => {
        const saved = !cancelled.includes(suggestedName);
        if (saved) files[suggestedName] = new TextDecoder().decode(content);
        return { saved };
      },
    },
  });
  return { ...test, files };
};

beforeEach(() => resetStore(useToasts));

describe('keys of others', () => {
  const core: NonNullable<Answers['core']> = {
    'keys.export': ({ contactIds }) => ({ keys: 'KEYS', count: contactIds?.length ?? 12 }),
    'keys.exportForGnupg': () => ({ keys: 'KEYS', ownertrust: 'TRUST' }),
  };

  it('are saved for one contact under their name, or for all', async () => {
    const { services, calls, files } = desk(core);
    const bob = makeContact('bob');
    expect(await exportKeys(services, { identityId: ME, contact: bob, withLocal: false })).toBe(true);
    expect(await exportKeys(services, { identityId: ME, withLocal: true })).toBe(true);
    expect(files).toEqual({ 'bob-public.asc': 'KEYS', 'contacts-public.asc': 'KEYS' });
    expect(calls.filter(([method]) => method === 'keys.export').map(([, params]) => params)).toEqual([
      { identityId: ME, withLocal: false, contactIds: [bob.id] },
      { identityId: ME, withLocal: true },
    ]);
    expect(toasts()).toEqual(['1 key saved', '12 keys saved']);
  });

  it('are not said to be saved when the person cancelled', async () => {
    const { services } = desk(core, ['contacts-public.asc']);
    expect(await exportKeys(services, { identityId: ME, withLocal: true })).toBe(false);
    expect(toasts()).toEqual([]);
  });

  it('for GnuPG are two files; without the first there is no second', async () => {
    const both = desk(core);
    expect(await exportForGnupg(both.services, ME)).toBe(true);
    expect(both.files).toEqual({ 'posthorn-for-gnupg.asc': 'KEYS', 'posthorn-ownertrust.txt': 'TRUST' });
    const none = desk(core, ['posthorn-for-gnupg.asc']);
    expect(await exportForGnupg(none.services, ME)).toBe(false);
    expect(none.files).toEqual({});
    const half = desk(core, ['posthorn-ownertrust.txt']);
    expect(await exportForGnupg(half.services, ME)).toBe(false);
  });

  it('are read out of a file as they are', async () => {
    const { services, calls } = desk({ 'keys.import': refuse });
    const file = new File([new Uint8Array([1, 2, 3])], 'keys.asc');
    await expect(importKeys(services, { identityId: ME, file })).rejects.toThrow();
    expect(calls).toEqual([['keys.import', { identityId: ME, content: new Uint8Array([1, 2, 3]) }]]);
  });
});

describe('the own key', () => {
  it('is saved with the key that certifies it, each block on lines of its own', async () => {
    const exported = { key: 'KEY\n\n', certifyingKey: 'CERTIFIER' };
    const { services, files } = desk({ 'identities.exportPublicKey': () => exported });
    await exportPublicKey(services, me);
    expect(files).toEqual({ 'me-public.asc': 'CERTIFIER\n\nKEY\n' });
    expect(toasts()).toEqual(['Public key saved']);
  });

  it('goes out secretly only locked, and a refusal reaches the form', async () => {
    const { services, files } = desk({ 'identities.exportSecretKey': () => ({ key: 'LOCKED' }) });
    expect(await exportSecretKey(services, { identity: me, passphrase: 'a long passphrase' })).toBe(true);
    expect(files).toEqual({ 'me-secret.asc': 'LOCKED' });
    const bad = desk({ 'identities.exportSecretKey': refuse });
    await expect(
      exportSecretKey(bad.services, { identity: me, passphrase: 'a long passphrase' }),
    ).rejects.toMatchObject({ code: 'passphrase-wrong' });
  });

  it('ages as the person says, and the page learns whether it was taken', async () => {
    const { services } = desk({ 'identities.setKeyPolicy': refuse });
    expect(await setKeyPolicy(services, { identityId: ME, policy: defaultKeyPolicy })).toBe(false);
    expect(toasts()).toEqual(['That passphrase is not right.']);
  });

  it('has 24 words for paper, or a reason why not', async () => {
    const words = Array.from({ length: 24 }, (_, index) => `word${index}`);
    expect(await readPaperKey(desk({ 'identities.paperKey': () => ({ words }) }).services, ME)).toEqual(words);
    expect(await readPaperKey(desk({ 'identities.paperKey': refuse }).services, ME)).toBeUndefined();
    expect(toasts()).toHaveLength(1);
  });
});

describe('a key of another program', () => {
  const imported: NonNullable<Answers['core']> = {
    'identities.importKey': () => ({ outcome: 'imported', identity: me }),
  };
  const fileOf = (octets: number): File => new File([new Uint8Array(octets)], 'key.asc');

  it('becomes this identity’s, with its passphrase only when it has one', async () => {
    const { services, calls } = desk(imported);
    expect(await importOwnKey(services, { identityId: ME, file: fileOf(2), passphrase: '' })).toBeUndefined();
    await importOwnKey(services, { identityId: ME, file: fileOf(2), passphrase: 'secret' });
    expect(calls.map(([, params]) => params)).toEqual([
      { identityId: ME, key: new Uint8Array(2) },
      { identityId: ME, key: new Uint8Array(2), passphrase: 'secret' },
    ]);
    expect(await services.mirror.identities.get(ME)).toEqual(me);
  });

  it('says why it cannot be', async () => {
    const { services } = desk({ 'identities.importKey': () => ({ outcome: 'refused', problem: 'no-secret-key' }) });
    expect(await importOwnKey(services, { identityId: ME, file: fileOf(2), passphrase: '' })).toBe('no-secret-key');
    expect(toasts()).toEqual([]);
  });

  it('is not read when it is no key by its size, nor when it is gone', async () => {
    const { services, calls } = desk(imported);
    const huge = Object.defineProperty(fileOf(1), 'size', { value: 5 * 1024 * 1024 });
    const gone = Object.defineProperty(fileOf(1), 'arrayBuffer', { value: () => Promise.reject(new Error('gone')) });
    for (const file of [huge, gone])
      expect(await importOwnKey(services, { identityId: ME, file, passphrase: '' })).toBe('unreadable');
    expect(calls).toEqual([]);
  });
});

describe('a card', () => {
  it('is saved as a vCard with the name that stands on it', async () => {
    const { services, calls, files } = desk({ 'cards.vcard': () => ({ text: 'BEGIN:VCARD' }) });
    await saveVcard(services, { identityId: ME, address: me.address, name: ' Me ' });
    expect(calls[0]).toEqual(['cards.vcard', { identityId: ME, name: 'Me' }]);
    expect(files).toEqual({ 'me.vcf': 'BEGIN:VCARD' });
  });

  it('is saved as a picture', async () => {
    const { services, files } = desk({});
    await saveCardPicture(services, {
      address: me.address,
      ending: 'svg',
      content: new TextEncoder().encode('<svg/>'),
    });
    expect(files).toEqual({ 'me-card.svg': '<svg/>' });
    expect(toasts()).toEqual(['Card saved']);
  });
});
