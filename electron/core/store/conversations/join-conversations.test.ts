import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailAddress, MessageId } from '../../../../shared/ids';
import { MAX_NAMESAKES } from '../../domain/limits';
import { growth, LINEAR } from '../../testing/growth';
import {
  ALICE,
  BOB,
  CAROL,
  composed,
  newDraft,
  openTestStore,
  received,
  saveDraft,
  submitted,
} from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const MALLORY = MailAddress.parse(`mallory@${'m'.repeat(56)}.onion`);
const PEOPLE = [ALICE, BOB, CAROL, MALLORY] as const;

type Letter = Partial<Parameters<typeof received>[0]> & { readonly rfcMessageId: string };

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
});
afterEach(() => test.remove());

const arrive = async (letter: Letter): Promise<string> => {
  const message = received({ text: '', raw: new Uint8Array(1), ...letter });
  await test.store.messages.receive(message);
  return message.id;
};
const threadOf = (id: string): string =>
  test.store.messages.page({ folder: 'inbox', limit: 500 }).messages.find((message) => message.id === id)!.threadId;

/** Which letters stand together once all have come in this order; Message-IDs are made new for each run. */
let run = 0;
const partition = async (letters: readonly Letter[], order: readonly number[]): Promise<string[]> => {
  run += 1;
  const fresh = (name: string): string => `<${name}.${String(run)}@x>`;
  const ids = new Map<number, string>();
  for (const index of order) {
    const { rfcMessageId, inReplyTo, references = [], ...rest } = letters[index]!;
    const answered = inReplyTo === undefined ? {} : { inReplyTo: fresh(inReplyTo) };
    const names = { rfcMessageId: fresh(rfcMessageId), references: references.map(fresh) };
    ids.set(index, await arrive({ ...rest, ...names, ...answered }));
  }
  const threads = letters.map((_, index) => threadOf(ids.get(index)!));
  return threads.map((thread) => String(threads.indexOf(thread)));
};

const inSomeOrder = (length: number) =>
  fc.shuffledSubarray([...Array(length).keys()], { minLength: length, maxLength: length });

describe('a conversation', () => {
  it('is one when its middle comes last', async () => {
    const letters = [
      { rfcMessageId: 'a' },
      { rfcMessageId: 'b', inReplyTo: 'a' },
      { rfcMessageId: 'c', inReplyTo: 'b' },
    ];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])
      expect(await partition(letters, order)).toEqual(['0', '0', '0']);
  });

  it('is the same for every order in which a tree of answers comes, whatever their programs write', async () => {
    const tree = fc.array(
      fc.record({ parent: fc.nat(), author: fc.nat(2), header: fc.constantFrom('in-reply-to', 'references', 'both') }),
      { minLength: 2, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(tree, fc.infiniteStream(fc.nat()), async (nodes, lots) => {
        const ancestors: string[][] = [];
        const letters = nodes.map(({ parent, author, header }, index): Letter => {
          const above = index === 0 ? undefined : parent % index;
          const chain = above === undefined ? [] : [...ancestors[above]!, String(above)];
          ancestors.push(chain);
          const answered = chain.at(-1);
          return {
            rfcMessageId: String(index),
            from: PEOPLE[author]!,
            to: PEOPLE.slice(0, 3).filter((_, place) => place !== author),
            ...(header === 'references' || answered === undefined ? {} : { inReplyTo: answered }),
            references: header === 'in-reply-to' ? [] : chain,
          };
        });
        const order = letters
          .map((_, index) => ({ index, lot: Number(lots.next().value) }))
          .sort((one, other) => one.lot - other.lot)
          .map(({ index }) => index);
        expect(await partition(letters, order)).toEqual(letters.map(() => '0'));
      }),
      { numRuns: 25 },
    );
  });

  it('depends on no order either when letters name what they like, and are to whom they like', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'missing');
    const person = fc.constantFrom(...PEOPLE);
    const letter = fc.record({
      from: person,
      to: fc.uniqueArray(person, { maxLength: 2 }),
      cc: fc.uniqueArray(person, { maxLength: 1 }),
      references: fc.array(name, { maxLength: 3 }),
    });
    const letters = fc
      .array(letter, { minLength: 2, maxLength: 5 })
      .map((all): Letter[] => all.map((one, index) => ({ ...one, rfcMessageId: 'abcde'[index]! })));
    await fc.assert(
      fc.asyncProperty(
        letters.chain((all) => fc.tuple(fc.constant(all), inSomeOrder(all.length), inSomeOrder(all.length))),
        async ([all, one, other]) => {
          expect(await partition(all, one)).toEqual(await partition(all, other));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is one when its parts come in the same commit', async () => {
    const letters = [
      received({ rfcMessageId: '<c@x>', inReplyTo: '<b@x>' }),
      received({ rfcMessageId: '<b@x>', inReplyTo: '<a@x>' }),
      received({ rfcMessageId: '<a@x>' }),
    ];
    await Promise.all(letters.map((letter) => test.store.messages.receive(letter)));
    expect(new Set(letters.map(({ id }) => threadOf(id))).size).toBe(1);
  });

  it('takes drafts and what is on its way along, and tells of it once', async () => {
    const c = await arrive({ rfcMessageId: '<c@x>', inReplyTo: '<b@x>' });
    const [answer, draft] = [saveDraft(test.store), newDraft(composed(), { threadId: threadOf(c) })];
    test.store.outbox.submit(submitted(answer, { threadId: threadOf(c), inReplyTo: '<c@x>', references: ['<c@x>'] }));
    test.store.drafts.save(draft);
    const a = await arrive({ rfcMessageId: '<a@x>' });
    test.events.clear();
    const former = threadOf(a);
    const b = await arrive({ rfcMessageId: '<b@x>', inReplyTo: '<a@x>' });
    const threadId = threadOf(b);
    expect([a, c].map(threadOf)).toEqual([threadId, threadId]);
    expect(
      test.store.messages
        .thread(threadId)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([a, answer, b, c, draft.id].sort());
    expect(test.store.messages.thread(former)).toEqual([]);
    const joined = { type: 'conversations.joined', identityId: test.identityId, threadId, joined: [former] };
    expect(test.events.seen.filter(({ type }) => type !== 'mailboxes.changed')).toEqual([
      joined,
      expect.objectContaining({ type: 'message.stored', message: expect.objectContaining({ threadId }) as object }),
    ]);
  });
});

describe('a conversation is found among the letters of its people', () => {
  it('however many others name it, before it and between its letters', async () => {
    const names = { references: ['<one@x>'], from: MALLORY, to: [ALICE] };
    const flood = async (): Promise<void> => {
      await Promise.all(
        Array.from({ length: MAX_NAMESAKES + 5 }, (_, number) =>
          arrive({ ...names, rfcMessageId: `<f${String(number)}.${String(Math.random())}@x>` }),
        ),
      );
    };
    await flood();
    const one = await arrive({ rfcMessageId: '<one@x>', from: BOB, to: [ALICE, CAROL] });
    await flood();
    const two = await arrive({ rfcMessageId: '<two@x>', from: CAROL, to: [ALICE, BOB], references: ['<one@x>'] });
    expect(threadOf(two)).toBe(threadOf(one));
  });

  it('also when a writer of it floods it with letters to others', async () => {
    const one = await arrive({ rfcMessageId: '<one@x>', from: BOB, to: [ALICE, CAROL, MALLORY] });
    for (let number = 0; number < MAX_NAMESAKES + 5; number += 1)
      await arrive({ rfcMessageId: `<f${String(number)}@x>`, from: MALLORY, to: [ALICE], references: ['<one@x>'] });
    const two = await arrive({
      ...{ rfcMessageId: '<two@x>', from: CAROL, to: [ALICE, BOB, MALLORY] },
      references: ['<one@x>'],
    });
    expect(threadOf(two)).toBe(threadOf(one));
  });

  it('of an answer to a hidden copy as soon as somebody of it answers that', async () => {
    const one = await arrive({ rfcMessageId: '<one@x>', from: BOB, to: [ALICE] });
    // Carol had a hidden copy: nothing that Alice has shows it.
    const two = await arrive({ rfcMessageId: '<two@x>', from: CAROL, to: [BOB, ALICE], references: ['<one@x>'] });
    expect(threadOf(two)).not.toBe(threadOf(one));
    const references = ['<one@x>', '<two@x>'];
    const three = await arrive({ rfcMessageId: '<three@x>', from: BOB, to: [CAROL, ALICE], references });
    expect([one, two, three].map(threadOf)).toEqual(Array(3).fill(threadOf(three)));
  });

  it('of an answer by somebody who had a hidden copy from here', async () => {
    const draft = newDraft(composed({ to: [BOB], bcc: [CAROL] }));
    test.store.drafts.save(draft);
    test.store.outbox.submit(
      submitted(draft.id, { rfcMessageId: '<one@x>', threadId: draft.id, to: [BOB], bcc: [CAROL] }),
    );
    const two = await arrive({ rfcMessageId: '<two@x>', from: CAROL, to: [ALICE], inReplyTo: '<one@x>' });
    expect(test.store.messages.thread(threadOf(two)).map(({ id }) => id)).toContain(draft.id);
  });
});

describe('a contact who has moved', () => {
  const moved = MailAddress.parse(`bob@${'n'.repeat(56)}.onion`);
  const tagged = MailAddress.parse(`bob+new@${'n'.repeat(56)}.onion`);

  it.each([
    ['before the letter', true],
    ['after it', false],
  ])('goes on in the same conversation; the move was followed %s', async (_when, isEarly) => {
    const one = await arrive({ rfcMessageId: '<one@x>', from: BOB, to: [ALICE, CAROL] });
    if (isEarly) test.store.contacts.recordMove({ from: BOB, to: moved });
    const two = await arrive({ rfcMessageId: '<two@x>', from: tagged, to: [ALICE, CAROL], inReplyTo: '<one@x>' });
    const stranger = await arrive({
      rfcMessageId: '<three@x>',
      from: MALLORY,
      to: [ALICE, moved],
      inReplyTo: '<one@x>',
    });
    const before = threadOf(two);
    test.events.clear();
    if (!isEarly) test.store.contacts.recordMove({ from: BOB, to: moved });
    expect(threadOf(two)).toBe(threadOf(one));
    expect(threadOf(stranger)).not.toBe(threadOf(one));
    if (!isEarly)
      expect(test.events.seen).toEqual([
        expect.objectContaining({ type: 'conversations.joined', threadId: threadOf(one), joined: [before] }),
      ]);
  });

  it('may go back and forth', async () => {
    for (const [from, to] of [
      [BOB, moved],
      [moved, CAROL],
      [CAROL, BOB],
    ] as const)
      test.store.contacts.recordMove({ from, to });
    const one = await arrive({ rfcMessageId: '<one@x>', from: CAROL, to: [ALICE] });
    const two = await arrive({ rfcMessageId: '<two@x>', from: moved, to: [ALICE], inReplyTo: '<one@x>' });
    expect(threadOf(two)).toBe(threadOf(one));
  });
});

it('what a message answers is a letter of its conversation, and no stranger’s copy that came first', async () => {
  const copy = await arrive({ rfcMessageId: '<one@x>', from: MALLORY, to: [ALICE] });
  const one = await arrive({ rfcMessageId: '<one@x>', from: BOB, to: [ALICE] });
  const two = await arrive({ rfcMessageId: '<two@x>', from: BOB, to: [ALICE], inReplyTo: '<one@x>' });
  const answered = (id: string) => test.store.messages.detail(MessageId.parse(id)).inReplyTo;
  expect(answered(two)).toBe(one);
  const forged = await arrive({ rfcMessageId: '<three@x>', from: MALLORY, to: [ALICE], inReplyTo: '<one@x>' });
  expect(answered(forged)).toBe(copy);
  const strangers = await arrive({ rfcMessageId: '<four@x>', from: CAROL, to: [ALICE], inReplyTo: '<one@x>' });
  expect(answered(strangers)).toBeUndefined();
});

it('costs no more than in proportion when more and more conspirators name it to many people', async () => {
  const people = Array.from({ length: 100 }, (_, number) =>
    MailAddress.parse(`p${String(number)}@${'p'.repeat(56)}.onion`),
  );
  const names = Array.from({ length: 11 }, (_, number) => `<n${String(number)}@x>`);
  const cost = await growth(async (amount) => {
    const writers = people.slice(0, 8 * amount);
    for (const from of writers)
      await arrive({ rfcMessageId: `<${String(Math.random())}@x>`, from, to: [ALICE, ...people], references: names });
    for (let number = 0; number < 5; number += 1)
      await arrive({ rfcMessageId: `<${String(Math.random())}@x>`, from: MALLORY, to: people, references: names });
  });
  expect(cost).toBeLessThan(LINEAR);
});

describe('a letter joins no conversation that its writer does not take part in', () => {
  const alices = { rfcMessageId: '<one@x>', from: BOB, to: [ALICE] };
  const carols = { rfcMessageId: '<two@x>', from: CAROL, to: [ALICE] };

  it.each([
    ['to one alone', [ALICE], []],
    ['that claims the others for its recipients', [ALICE, BOB, CAROL], [MALLORY]],
  ])('%s', async (_what, to, cc) => {
    const forged = { from: MALLORY, to, cc, references: ['<one@x>', '<two@x>'], inReplyTo: '<one@x>' };
    const early = await arrive({ ...forged, rfcMessageId: '<early@x>' });
    const [one, two] = [await arrive(alices), await arrive(carols)];
    const late = await arrive({ ...forged, rfcMessageId: '<late@x>' });
    expect(new Set([one, two, late].map(threadOf)).size).toBe(3);
    expect(threadOf(early)).toBe(threadOf(late));
  });

  it('under the Message-ID of another, or with a conversation’s own name', async () => {
    const one = await arrive(alices);
    const copies = [
      await arrive({ ...alices, from: MALLORY, to: [ALICE, BOB] }),
      await arrive({ from: MALLORY, to: [ALICE, BOB], rfcMessageId: threadOf(one) }),
    ];
    const answer = await arrive({ rfcMessageId: '<three@x>', from: BOB, to: [ALICE], inReplyTo: '<one@x>' });
    expect(threadOf(answer)).toBe(threadOf(one));
    for (const copy of copies) expect(threadOf(copy)).not.toBe(threadOf(one));
  });

  it('with a thousand references', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 30; number += 1)
      ids.push(await arrive({ rfcMessageId: `<${String(number)}@x>`, from: number % 2 ? BOB : CAROL }));
    const references = Array.from({ length: 1_000 }, (_, number) => `<${String(number % 30)}@x>`);
    const forged = await arrive({ rfcMessageId: '<forged@x>', from: MALLORY, to: PEOPLE, references });
    expect(new Set([...ids, forged].map(threadOf)).size).toBe(31);
  });
});

it('costs a message no more in a conversation of hundreds', async () => {
  let rounds = 0;
  const cost = await growth(async (amount) => {
    rounds += 1;
    const root = `<root.${String(rounds)}@x>`;
    const letters = Array.from({ length: amount * 150 }, () =>
      received({ references: [root], raw: new Uint8Array(1) }),
    );
    await Promise.all(letters.map((letter) => test.store.messages.receive(letter)));
  });
  expect(cost).toBeLessThan(LINEAR);
});
