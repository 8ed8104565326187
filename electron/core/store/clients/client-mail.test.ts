import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientTextPlace } from '../../ports/storage/client-mail';
import { openTestStore, received, type TestStore } from '../testing/store-fixtures';

let test: TestStore;
/** UIDs are given in the order of this list, from 1. */
const TEXTS = [
  'The apples are in, and the harvest moon is out.',
  'Nothing of the kind.',
  'We counted windfalls: replanted-orchard, 3 kg.',
  'Wir haben die Äpfel\ngepflückt.',
  '明日の台北駅で会いましょう',
  `${'far away '.repeat(6_000)}windfall at the end`,
];
beforeAll(async () => {
  test = openTestStore();
  for (const text of TEXTS)
    await test.store.messages.receive(received({ text, size: text.length, subject: `About ${text.slice(0, 9)}` }));
  await test.store.messages.receive(received({ text: 'plain', html: '<b>windfall</b>' }));
  while (test.store.search.indexRest());
});
afterAll(() => test.remove());

const look = (text: string, place: ClientTextPlace = 'body') =>
  test.store.clients.candidates({ mailbox: 'inbox', text, place, afterUid: 0, limit: 100 });

describe('looking for a text by the index', () => {
  it('finds parts of words, in whatever case and accents; long texts and pages may have it', () => {
    expect(look('WINDFALL')).toEqual({ sure: [3], maybe: [6], lastUid: 7 });
    expect(look('apfel').sure).toEqual([4]);
    expect(look('orchar').sure).toEqual([3]);
    expect(look('zzz').sure).toEqual([]);
  });

  it('finds what signs, line ends and other scripts are in, for a closer look', () => {
    expect(look('vest moon').maybe).toContain(1);
    expect(look('harvest mood').maybe).not.toContain(1);
    expect(look('Äpfel gepflückt').maybe).toContain(4);
    expect(look('ted-orch').maybe).toContain(3);
    expect(look('台北駅').maybe).toContain(5);
    expect(look('台南').maybe).not.toContain(5);
  });

  it('looks into subject and people for a text, and not for a body', () => {
    expect(look('about').sure).toEqual([]);
    expect(look('about', 'text').sure).toEqual([1, 2, 3, 4, 5, 6]);
    expect(look('bob@bbbb', 'text').sure).toContain(2);
    expect(look('authentication-results', 'text').sure).toEqual([]);
  });

  it('takes signs of SQL and of FTS5 for what they are', () => {
    for (const text of ['" OR 1', "'); --", 'body:', '*', 'NEAR(', '\0', '']) expect(look(text).lastUid).toBe(7);
  });

  it('goes through a mailbox in steps', () => {
    const step = test.store.clients.candidates({ mailbox: 'inbox', text: 'a', place: 'body', afterUid: 2, limit: 2 });
    expect(step.lastUid).toBe(4);
    expect(look('a').lastUid).toBe(7);
    expect(
      test.store.clients.candidates({ mailbox: 'inbox', text: 'a', place: 'body', afterUid: 7, limit: 2 }),
    ).toEqual({ sure: [], maybe: [] });
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
