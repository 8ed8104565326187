import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Encrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { VaultIdentity } from '../ports/storage/vault';
import { campaign } from '../testing/campaign';
import { canMakeDisks, makeSmallDisk } from '../testing/small-disk';
import { mailMigrations } from '../store/migrations/mail-schema';
import { newestVersion } from '../store/sql/migrations';
import { openDatabase } from '../store/sql/open-database';
import {
  makeTestBackups,
  PASSPHRASE,
  sealTar,
  writeTemporary,
  type TarEntry,
  type TestBackups,
} from './testing/backup-people';

let box: TestBackups;
beforeEach(() => {
  box = makeTestBackups();
});
afterEach(async () => {
  expect(await box.leftovers()).toEqual([]);
  box.remove();
});

/** What is in a backup, opened with the programs that everybody has. */
function openWithAge(file: string, { path }: TestBackups = box): string {
  const tar = join(path, 'opened.tar');
  const done = spawnSync('/usr/bin/script', ['-qec', `/usr/bin/age -d -o ${tar} ${file}`, '/dev/null'], {
    input: `${PASSPHRASE}\n`,
  });
  expect(done.status).toBe(0);
  return tar;
}

describe('the file', () => {
  test('opens with age and tar', async () => {
    const identity = box.identity();
    const tar = openWithAge(await writeTemporary(box.path, await box.make({ identities: [identity, box.identity()] })));
    expect(execFileSync('/bin/tar', ['tf', tar]).toString().split('\n')).toEqual([
      'manifest.json',
      'vault.json',
      'mail-1.db',
      'mail-2.db',
      '',
    ]);
    const manifest = JSON.parse(execFileSync('/bin/tar', ['xfO', tar, 'manifest.json']).toString()) as {
      contents: { identities: unknown[] };
    };
    expect(manifest.contents.identities[0]).toEqual({
      address: identity.address,
      label: 'Alice',
      contacts: 1,
      messages: 2,
    });
    expect(execFileSync('/bin/tar', ['xfO', tar, 'mail-1.db']).toString('latin1').startsWith('SQLite')).toBe(false);
  });

  test('is for its owner alone while it is made', async () => {
    const made = await box.backups.create({
      source: box.source(box.identity()),
      passphrase: PASSPHRASE,
      withMail: true,
      progressed: () => undefined,
    });
    expect(statSync(made.path).mode & 0o777).toBe(0o600);
    expect(statSync(join(box.path, 'backup')).mode & 0o777).toBe(0o700);
    expect(await box.leftovers()).toHaveLength(1);
    await box.backups.clean();
  });

  test('comes back in pieces, and progress goes up to the whole', async () => {
    const told: number[] = [];
    const made = await box.backups.create({
      source: box.source(box.identity()),
      passphrase: PASSPHRASE,
      withMail: true,
      progressed: ({ bytes }) => void told.push(bytes),
    });
    const file = readFileSync(made.path);
    expect(Buffer.from(await box.backups.read(made, 1_000))).toEqual(file.subarray(1_000));
    expect(await box.backups.read(made, file.length)).toHaveLength(0);
    expect(told.at(-1)).toBeGreaterThan(60_000);
    await box.backups.discard(made.path);
  });
});

describe('restoring', () => {
  test('hands over every field of every identity, each as one that may be elsewhere', async () => {
    const identities = [box.identity({ paused: true }), box.identity({ revoked: true, retired: [] })];
    const path = await writeTemporary(box.path, await box.make({ identities }));
    let restored: readonly VaultIdentity[] = [];
    await box.backups.restore({
      path,
      passphrase: PASSPHRASE,
      progressed: () => undefined,
      use: (all) => {
        expect(all.settings.bridges).toEqual(['192.0.2.1:443']);
        for (const identity of all.identities) expect(existsSync(all.mailPath(identity))).toBe(true);
        restored = all.identities;
        return Promise.resolve();
      },
    });
    const plain = (each: VaultIdentity): VaultIdentity => ({
      ...each,
      keys: {
        ...each.keys,
        secretKey: new Uint8Array(each.keys.secretKey),
        publicKey: new Uint8Array(each.keys.publicKey),
      },
    });
    expect(restored).toEqual(identities.map((each) => ({ ...plain(each), certifiedAt: 0, mayBeElsewhere: true })));
  });

  test('without mail there are contacts, and what came before does not come again', async () => {
    const identity = box.identity();
    expect(await box.outcomeOf(await box.make({ identities: [identity], withMail: false }))).toBe('good');
    const made = await box.backups.create({
      source: box.source(identity),
      passphrase: PASSPHRASE,
      withMail: false,
      progressed: () => undefined,
    });
    expect(made.contents.identities[0]).toMatchObject({ contacts: 1, messages: 0 });
    await box.backups.restore({
      path: made.path,
      passphrase: PASSPHRASE,
      progressed: () => undefined,
      use: (all) => {
        const sql = openDatabase({
          path: all.mailPath(all.identities[0]!),
          key: identity.databaseKey,
          migrations: mailMigrations,
          mode: 'existing',
        });
        const count = (table: string): number => sql.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n;
        for (const table of [
          'messages',
          'bodies',
          'attachments',
          'attachment_contents',
          'wire_copies',
          'deliveries',
          'messages_fts',
          'search_words',
          'search_index',
          'search_rows',
          'unindexed',
        ])
          expect([table, count(table)]).toEqual([table, 0]);
        expect([count('contacts'), count('seen_message_ids')]).toEqual([1, 2]);
        sql.close();
        return Promise.resolve();
      },
    });
    await box.backups.discard(made.path);
  });

  test('a mail file of the first version is brought up to date', async () => {
    const identity = box.identity();
    const path = `${box.mailPath(identity)}.old`;
    const versionOne = readFileSync(fileURLToPath(new URL('../store/testing/mail-v1.sql', import.meta.url)), 'utf8');
    const old = openDatabase({
      path,
      key: identity.databaseKey,
      migrations: [{ version: 1, statements: versionOne }],
      mode: 'create',
    });
    const count = (table: string): number => old.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)!.n;
    const counts = { contacts: count('contacts'), messages: count('messages') };
    old.exec('PRAGMA journal_mode = DELETE');
    old.close();
    expect(counts.messages).toBeGreaterThan(0);
    const entries = await entriesOf([identity]);
    expect(await box.outcomeOf(await rebuilt({ entries, mail: readFileSync(path), counts }))).toBe('good');
  });

  test('a failure while it is used leaves no work files', async () => {
    const path = await writeTemporary(box.path, await box.make());
    const use = (): Promise<void> => Promise.reject(new Error('no'));
    await expect(
      box.backups.restore({ path, passphrase: PASSPHRASE, progressed: () => undefined, use }),
    ).rejects.toThrow('no');
  });
});

type Entries = ReadonlyMap<string, Buffer>;

/** The entries of a real backup. */
async function entriesOf(identities: VaultIdentity[], by: TestBackups = box): Promise<Entries> {
  const tar = openWithAge(await writeTemporary(by.path, await by.make({ identities })), by);
  const names = execFileSync('/bin/tar', ['tf', tar]).toString().trim().split('\n');
  return new Map(names.map((name) => [name, execFileSync('/bin/tar', ['xfO', tar, name], { maxBuffer: 100_000_000 })]));
}

type Manifest = {
  version: number;
  contents: { identities: { contacts: number; messages: number }[] };
  entries: { name: string; size: number; sha256: string }[];
};

/** A backup of the entries of a real one with another mail file, and a manifest that fits it. */
async function rebuilt(o: {
  entries: Entries;
  mail?: Buffer;
  vault?: Buffer;
  counts?: { contacts: number; messages: number };
  change?: (manifest: Manifest) => void;
}): Promise<Uint8Array> {
  const entries = new Map(o.entries);
  if (o.mail) entries.set('mail-1.db', o.mail);
  if (o.vault) entries.set('vault.json', o.vault);
  const manifest = JSON.parse(entries.get('manifest.json')!.toString()) as Manifest;
  for (const entry of manifest.entries) {
    const content = entries.get(entry.name)!;
    Object.assign(entry, { size: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }
  Object.assign(manifest.contents.identities[0]!, o.counts);
  o.change?.(manifest);
  entries.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
  return sealTar([...entries].map(([name, content]) => ({ name, content })));
}

describe('a file that is not right', () => {
  const headerOf = (file: Uint8Array): { stanzaEnd: number; end: number } => {
    const text = Buffer.from(file).toString('latin1');
    const stanzaEnd = text.indexOf('\n--- ');
    return { stanzaEnd, end: text.indexOf('\n', stanzaEnd + 1) + 1 };
  };

  /** A bit whose flip leaves a letter of base64 a letter of base64: the file stays well formed. */
  const sameAlphabetFlip = (file: Uint8Array, at: number): [at: number, bit: number] => {
    const isLetter = (octet: number): boolean => /[A-Za-z0-9+/]/.test(String.fromCharCode(octet));
    const bit = [0, 1, 2, 3, 4, 5, 6].find((each) => isLetter(file[at]! ^ (1 << each)));
    return [at, bit!];
  };

  test('any flipped bit is found, wherever it is', async () => {
    const file = await box.make();
    const { stanzaEnd, end } = headerOf(file);
    const anywhere = fc.oneof(
      fc.nat(end - 1),
      fc.nat(file.length - 1),
      fc.integer({ min: end, max: end + 40 }),
      fc.integer({ min: file.length - 40, max: file.length - 1 }),
    );
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anywhere, fc.nat(7), async (at, bit) => {
        const flipped = Uint8Array.from(file);
        flipped[at]! ^= 1 << bit;
        const outcome = await box.outcomeOf(flipped);
        seen.add(outcome);
        expect(outcome).not.toBe('good');
        // Past the passphrase's own lines it cannot look like a wrong passphrase, nor like another kind of file.
        if (at > stanzaEnd) expect(['damaged', 'incomplete']).toContain(outcome);
        if (at >= end) expect(outcome).toBe('damaged');
      }),
      // Chance alone may miss the few octets that a wrong passphrase changes too.
      { numRuns: campaign({ short: 40, long: 250 }), examples: [sameAlphabetFlip(file, stanzaEnd - 10)] },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['damaged', 'wrong-passphrase']));
  });

  test('a file cut anywhere, and one with something behind it, are refused', async () => {
    const file = await box.make();
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (length) => {
        expect(await box.outcomeOf(file.subarray(0, length))).not.toBe('good');
      }),
      { numRuns: campaign({ short: 15, long: 60 }) },
    );
    expect(await box.outcomeOf(file.subarray(0, file.length - 1))).toBe('incomplete');
    expect(await box.outcomeOf(file.subarray(0, 80_000))).toBe('incomplete');
    expect(await box.outcomeOf(file.subarray(0, 100))).toBe('incomplete');
    for (const more of [1, 16, 70_000])
      expect(await box.outcomeOf(Buffer.concat([file, Buffer.alloc(more)]))).toBe('damaged');
    expect(await box.outcomeOf(Buffer.concat([file, file]))).toBe('damaged');
  });

  test('a wrong passphrase is told from damage', async () => {
    expect(await box.outcomeOf(await box.make(), 'another')).toBe('wrong-passphrase');
  });

  test('one that asks for more memory than a backup may is refused before it is tried', async () => {
    const file = Buffer.from(await box.make()).toString('latin1');
    // 2^21 blocks of 1 KiB: two gigabytes.
    const dear = file.replace(/^(-> scrypt \S+) \d+$/mu, '$1 21');
    expect(dear).not.toBe(file);
    expect(await box.outcomeOf(Buffer.from(dear, 'latin1'))).toBe('damaged');
  });

  test('other files are no backups', async () => {
    expect(await box.outcomeOf(Buffer.from('hello'))).toBe('not-a-backup');
    expect(await box.outcomeOf(Buffer.alloc(100_000, 7))).toBe('not-a-backup');
    expect(await box.outcomeOf(await sealTar([{ name: 'photo.jpg', content: Buffer.from('x') }]))).toBe('not-a-backup');
    expect(await box.outcomeOf(await sealTar([{ name: 'manifest.json', content: Buffer.from('{}') }]))).toBe(
      'not-a-backup',
    );
    expect(await box.outcomeOf(await sealTar([]))).toBe('not-a-backup');
    const forKeys = new Encrypter();
    forKeys.addRecipient(await identityToRecipient(await generateIdentity()));
    expect(await box.outcomeOf(await forKeys.encrypt('hello'))).toBe('not-a-backup');
  });

  test('one of a newer Posthorn is told, by its format and by its mail', async () => {
    const identity = box.identity();
    expect(
      await box.outcomeOf(
        await rebuilt({
          entries: await entriesOf([identity]),
          change: (manifest) => {
            manifest.version = 3;
          },
        }),
      ),
    ).toBe('newer-version');
    const newer = [
      ...mailMigrations,
      { version: newestVersion(mailMigrations) + 1, statements: 'CREATE TABLE later (x)' },
    ];
    const path = box.mailPath(identity);
    const sql = openDatabase({ path, key: identity.databaseKey, migrations: newer, mode: 'existing' });
    sql.exec('PRAGMA journal_mode = DELETE');
    sql.close();
    const mail = readFileSync(path);
    const entries = await entriesOf([box.identity({ databaseKey: identity.databaseKey })]);
    expect(await box.outcomeOf(await rebuilt({ entries, mail }))).toBe('newer-version');
  });

  test('manifests that lie are refused', async () => {
    const entries = await entriesOf([box.identity()]);
    const refused = async (change: (manifest: Manifest) => void): Promise<string> =>
      box.outcomeOf(await rebuilt({ entries, change }));
    expect(await refused(() => undefined)).toBe('good');
    expect(
      await refused(({ entries }) => {
        entries[1]!.size += 512;
      }),
    ).toBe('incomplete');
    expect(
      await refused(({ entries }) => {
        entries[1]!.size -= 1;
      }),
    ).toBe('damaged');
    expect(
      await refused(({ entries }) => {
        entries[1]!.size = 9_007_199_254_740_991;
      }),
    ).toBe('incomplete');
    expect(
      await refused(({ entries }) => {
        entries[1]!.sha256 = '0'.repeat(64);
      }),
    ).toBe('damaged');
    expect(
      await refused(({ entries }) => {
        entries[1]!.name = '../vault.db';
      }),
    ).toBe('damaged');
    expect(
      await refused(({ contents }) => {
        contents.identities[0]!.messages = 3;
      }),
    ).toBe('damaged');
    expect(
      await refused(({ contents }) => {
        contents.identities[0]!.contacts = 0;
      }),
    ).toBe('damaged');
    expect(
      await refused(({ contents, entries }) => {
        contents.identities = [];
        entries.pop();
      }),
    ).toBe('damaged');
  });

  test('a seed that is not that of the address, and keys that do not belong, are refused', async () => {
    const vault = (await entriesOf([box.identity()])).get('vault.json')!;
    const changed = JSON.parse(vault.toString()) as { identities: { onionSeed: string; address: string }[] };
    changed.identities[0]!.onionSeed = Buffer.alloc(32, 9).toString('base64');
    const identity = box.identity();
    changed.identities[0]!.address = identity.address;
    expect(
      await box.outcomeOf(
        await rebuilt({ entries: await entriesOf([identity]), vault: Buffer.from(JSON.stringify(changed)) }),
      ),
    ).toBe('damaged');
    const strict = makeTestBackups({ checkKeys: () => Promise.resolve(false) });
    expect(await strict.outcomeOf(await strict.make())).toBe('damaged');
    strict.remove();
  });

  test('a damaged page of a mail file is found although every octet of the backup is as it was written', async () => {
    const identity = box.identity();
    const entries = await entriesOf([identity]);
    const mail = Buffer.from(entries.get('mail-1.db')!);
    mail[mail.length - 5_000]! ^= 1;
    expect(await box.outcomeOf(await rebuilt({ entries, mail }))).toBe('damaged');
  });

  describe('with hostile entries', () => {
    const extra: readonly (readonly [string, TarEntry])[] = [
      ['one above the folder', { name: '../../evil', content: Buffer.from('x') }],
      ['an absolute one', { name: '/tmp/posthorn-evil', content: Buffer.from('x') }],
      ['a link', { name: 'mail-2.db', content: Buffer.alloc(0), type: 'symlink' }],
      ['a folder', { name: 'mail-2.db', content: Buffer.alloc(0), type: 'directory' }],
      ['a second vault', { name: 'vault.json', content: Buffer.from('{}') }],
      ['a second manifest', { name: 'manifest.json', content: Buffer.from('{}') }],
    ];

    let entries: { name: string; content: Buffer }[];
    beforeAll(async () => {
      const maker = makeTestBackups();
      entries = [...(await entriesOf([maker.identity()], maker))].map(([name, content]) => ({ name, content }));
      maker.remove();
    });

    test.each(extra)('%s is refused and written nowhere', async (_name, entry) => {
      expect(await box.outcomeOf(await sealTar([...entries, entry]))).toBe('damaged');
      const replaced = entries.map((each) =>
        each.name === 'mail-1.db' ? { ...entry, content: entry.type ? entry.content : each.content } : each,
      );
      expect(['damaged', 'incomplete']).toContain(await box.outcomeOf(await sealTar(replaced)));
      // Only the folder for work files, which holds none any more.
      expect(readdirSync(box.path)).toEqual(['backup']);
      expect(existsSync('/tmp/posthorn-evil')).toBe(false);
    });

    test('10,000 entries end at the first that was not announced', async () => {
      const many = Array.from({ length: 10_000 }, (_, index) => ({
        name: `mail-${String(index + 2)}.db`,
        content: Buffer.from('x'),
      }));
      expect(await box.outcomeOf(await sealTar([...entries, ...many]))).toBe('damaged');
      const manifest = {
        format: 'posthorn-backup',
        version: 1,
        contents: { createdAt: 1, withMail: true, identities: [] },
        entries: many.map(({ name }) => ({ name, size: 1, sha256: '0'.repeat(64) })),
      };
      const flood = { name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) };
      expect(await box.outcomeOf(await sealTar([flood, ...many]))).toBe('damaged');
    });
  });
});

describe.runIf(canMakeDisks)('on a full disk', () => {
  test('making and opening say so, and leave nothing', async () => {
    const disk = makeSmallDisk(2);
    const small = makeTestBackups({ directory: join(disk.path, 'backup') });
    const file = await small.make();
    const received = await small.backups.receive({ size: file.length });
    await received.write(file);
    disk.fill();
    const full = { code: 'disk-full' };
    await expect(small.make()).rejects.toMatchObject(full);
    await expect(small.backups.receive({ size: 3_000_000 })).rejects.toMatchObject(full);
    await expect(
      small.backups.test({ path: received.path, passphrase: PASSPHRASE, progressed: () => undefined }),
    ).rejects.toMatchObject(full);
    disk.free();
    expect(await small.leftovers()).toHaveLength(1);
    writeFileSync(join(disk.path, 'backup', 'left-by-a-crash'), '');
    await small.backups.clean();
    expect(await small.leftovers()).toEqual([]);
    small.remove();
    disk.remove();
  });
});
