import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientTextPlace } from '../../ports/storage/clients/client-mail';
import { openTestStore, received, type TestStore } from '../testing/store-fixtures';

let test: TestStore;
/** UIDs are given in the order of this list, from 1. */
const TEXTS = [
  'The apples are in, and the harvest\nmoon is out.',
  'Nothing of the kind.',
  'We counted windfalls: replanted-orchard, 100% of it.',
  'Wir haben die Äpfel gepflückt.',
  '明日の台北駅で会いましょう',
  `${'遠'.repeat(40_000)}windfall 台北駅`,
];
beforeAll(async () => {
  test = openTestStore();
  for (const text of TEXTS)
    await test.store.messages.receive(
      received({ text, size: Buffer.byteLength(text), subject: `About ${text.slice(0, 9)}` }),
    );
  while (test.store.search.indexRest());
});
afterAll(() => test.remove());

const look = (text: string, place: ClientTextPlace = 'body') =>
  test.store.clients.candidates({ mailbox: 'inbox', text, place, afterUid: 0, limit: 100 });

describe('looking for a text', () => {
  it('finds parts of words, in whatever case', () => {
    expect(look('WINDFALL')).toEqual({ sure: [3, 6], maybe: [], lastUid: 6 });
    expect(look('ted-orch').sure).toEqual([3]);
    expect(look('100%').sure).toEqual([3]);
    expect(look('100_').sure).toEqual([]);
  });

  it('asks the index for what has blanks, or letters beyond ASCII, in it; a long text may have it', () => {
    expect(look('vest moon')).toMatchObject({ sure: [], maybe: [1, 6] });
    expect(look('harvest mood').maybe).toEqual([6]);
    expect(look('ÄPFEL gepfl').maybe).toEqual([4, 6]);
    expect(look('台北駅').maybe).toEqual([5, 6]);
    expect(look('台南').maybe).toEqual([6]);
    expect(look('¶ ¶').maybe).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('looks into the header for a text, and not for a body', () => {
    expect(look('about').sure).toEqual([]);
    test.store.served.messages({ mailbox: 'inbox', form: 'unsealed', uids: [1, 2] });
    expect(look('about', 'text').sure).toEqual([1, 2, 3, 4, 5, 6]);
    expect(look('Message-ID: <', 'text').sure).toEqual(expect.arrayContaining([1, 2]));
    expect(look('About Wir', 'text').sure).toEqual([4]);
  });

  it('takes signs of SQL and of FTS5 for what they are', () => {
    for (const text of ['" OR 1', "'); --", 'body: x', '* *', 'NEAR( a', '\0', ' ', ''])
      expect(look(text, 'text').lastUid).toBe(6);
  });

  it('goes through a mailbox in steps', () => {
    const step = (afterUid: number) =>
      test.store.clients.candidates({ mailbox: 'inbox', text: 'a', place: 'body', afterUid, limit: 2 });
    expect([step(0).lastUid, step(2).lastUid, step(4).lastUid]).toEqual([2, 4, 6]);
    expect(step(6)).toEqual({ sure: [], maybe: [] });
  });
});

describe('subscriptions', () => {
  it('are to all mailboxes, until a program does not want one; also after a restart', () => {
    expect(test.store.clients.unsubscribed()).toEqual([]);
    const { id } = test.store.mailboxes.get('archive');
    test.store.clients.subscribe({ mailbox: id, isSubscribed: false });
    expect(test.reopen().clients.unsubscribed()).toEqual([id]);
    test.store.clients.subscribe({ mailbox: 'archive', isSubscribed: true });
    expect(test.store.clients.unsubscribed()).toEqual([]);
  });
});
