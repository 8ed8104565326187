import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailStore } from './mail-store';
import { openProfile } from './vault/profile';
import {
  countsOf,
  CHEAP_KDF,
  newIdentityId,
  NOW,
  received,
  recorder,
  saveDraft,
  temporaryDirectory,
  vaultIdentity,
} from './testing/store-fixtures';

/** A small file system of its own needs root; elsewhere `open-database.test.ts` covers a file that may not grow. */
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const full = expect.objectContaining({ code: 'disk-full' }) as Error;

describe.runIf(isRoot)('on a full disk', () => {
  const directory = temporaryDirectory();
  const disk = join(directory.path, 'disk');
  beforeEach(() => {
    mkdirSync(disk, { recursive: true });
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
  });
  afterEach(() => void execFileSync('/bin/umount', [disk]));
  afterAll(() => directory.remove());

  const fill = (): void => {
    let size = 1_048_576;
    for (let i = 0; size >= 512; i += 1) {
      try {
        writeFileSync(join(disk, `filler-${i}`), new Uint8Array(size));
      } catch {
        size /= 2;
      }
    }
  };

  it('keeps what was acknowledged, refuses the rest, and goes on when there is room', async () => {
    const events = recorder();
    const at = {
      path: join(disk, 'mail.db'),
      key: new Uint8Array(randomBytes(32)),
      identityId: newIdentityId(),
      events,
    };
    const store = createMailStore({ ...at, mode: 'create' });
    const kept: string[] = [];
    let refusal: unknown;
    while (refusal === undefined) {
      const message = received({ raw: new Uint8Array(randomBytes(100_000)) });
      await store.messages.receive(message).then(
        () => void kept.push(message.id),
        (error: unknown) => {
          refusal = error;
        },
      );
    }
    expect(refusal).toMatchObject({ code: 'disk-full' });
    expect(kept.length).toBeGreaterThan(3);
    fill();
    const before = events.seen.length;
    expect(() => saveDraft(store, { text: 'x'.repeat(200_000) })).toThrow(full);
    const two = [received({ raw: new Uint8Array(500_000) }), received({ raw: new Uint8Array(600_000) })];
    for (const result of await Promise.allSettled(two.map((message) => store.messages.receive(message)))) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'disk-full' } });
    }
    expect(events.seen).toHaveLength(before);
    store.close();

    execFileSync('/bin/mount', ['-o', 'remount,size=16m', disk]);
    const again = createMailStore(at);
    expect(
      again.messages
        .page({ folder: 'inbox', limit: 500 })
        .messages.map(({ id }) => id as string)
        .reverse(),
    ).toEqual(kept);
    expect(countsOf(again).drafts).toBe(0);
    await expect(again.messages.receive(two[0]!)).resolves.toMatchObject({ outcome: 'stored' });
    again.close();
  });

  it('moves and deletes all that was named or nothing, and counts what is there', async () => {
    const at = {
      path: join(disk, 'mail.db'),
      key: new Uint8Array(randomBytes(32)),
      identityId: newIdentityId(),
      events: recorder(),
    };
    const store = createMailStore({ ...at, mode: 'create' });
    const messages = Array.from({ length: 60 }, () => received({ raw: new Uint8Array(1_000) }));
    await Promise.all(messages.map((message) => store.messages.receive(message)));
    const ids = messages.map(({ id }) => id);
    fill();
    let place: 'inbox' | 'archive' = 'inbox';
    const shuffle = (): void => {
      for (;;) {
        const next = place === 'inbox' ? 'archive' : 'inbox';
        store.messages.move(ids, next);
        place = next;
      }
    };
    expect(shuffle).toThrow(full);
    const check = (from: typeof store): void => {
      for (const mailbox of ['inbox', 'archive'] as const) {
        const there = from.mailboxes.entries({ mailbox, limit: 100 });
        expect(there).toHaveLength(mailbox === place ? ids.length : 0);
        expect(from.mailboxes.state(mailbox)).toMatchObject({ messages: there.length, unseen: there.length });
      }
    };
    check(store);
    store.close();
    execFileSync('/bin/mount', ['-o', 'remount,size=16m', disk]);
    const again = createMailStore(at);
    check(again);
    again.messages.move(ids, 'trash');
    again.messages.delete(ids);
    expect(again.mailboxes.state('trash')).toMatchObject({ messages: 0, unseen: 0, octets: 0 });
    again.close();
  });

  it('keeps the vault as it was', async () => {
    const clock = { now: () => NOW };
    const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
    const profileDirectory = join(disk, 'profile');
    const profile = openProfile({ directory: profileDirectory, clock, random, events: recorder(), kdf: CHEAP_KDF });
    const vault = await profile.create('correct horse');
    fill();
    const before = readFileSync(join(profileDirectory, 'vault.json'));
    await expect(profile.changePassphrase({ current: 'correct horse', next: 'battery staple' })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(() => vault.addIdentity(vaultIdentity())).toThrow(full);
    expect(vault.identities()).toEqual([]);
    expect(readFileSync(join(profileDirectory, 'vault.json')).equals(before)).toBe(true);
    await expect(profile.unlock('correct horse')).resolves.toMatchObject({ outcome: 'unlocked' });
    profile.close();
    expect(readdirSync(profileDirectory)).toContain('vault.db');
  });
});
