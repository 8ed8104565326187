import { defaultHoldTerms } from '../../../shared/custody';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coreContract } from '../../../shared/contract/core-contract';
import { ErrorCode } from '../../../shared/errors';
import type { Identity } from '../../../shared/identity';
import type { Log } from '../ports/runtime';
import { campaign } from '../testing/campaign';
import { LoopbackNetwork } from '../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, sendMail, type TestCore } from '../testing/make-test-core';
import { memoryChannel, type MemoryChannel } from '../testing/memory-channel';
import { SettableClock } from '../testing/settable-clock';

type Method = keyof typeof coreContract;
type Reply = {
  readonly kind: 'result' | 'error';
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
};

const methods = Object.keys(coreContract) as Method[];
/** These calls change what the other properties stand on; they have tests of their own. */
const ends: readonly Method[] = [
  'profile.lock',
  'profile.changePassphrase',
  'identities.delete',
  'identities.create',
  'settings.set',
];

let network: LoopbackNetwork;
let clock: SettableClock;
let core: TestCore;
let page: MemoryChannel;
let a: Identity;
let b: Identity;
const faults: string[] = [];
/** The ids of everything in both identities, by the names that the contract gives them. */
const ids: Record<string, string[]> = {};

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  const log: Log = { info: () => undefined, warn: () => undefined, error: (event) => void faults.push(event) };
  core = await makeTestCore(network, { clock, log });
  page = memoryChannel();
  core.core.attachClient(page.channel);
  [a, b] = [await makeIdentity(core, 'alice'), await makeIdentity(core, 'bob')];
  await fillMailboxes();
  await collectIds();
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});

/** Fills both identities: a request, contacts, drafts, waiting deliveries, attachments, mailboxes, a tag. */
async function fillMailboxes(): Promise<void> {
  const absent = `absent@${'a'.repeat(55)}d.onion`;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const stored = core.when(
      'message.stored',
      ({ message }) => message.identityId === other.id && message.folder !== 'drafts',
    );
    await sendMail(core, one, { to: [other.address], files: [Buffer.from('attached')] });
    await stored;
    const outer = await core.call('mailboxes.create', { identityId: one.id, name: 'Outer' });
    await core.call('mailboxes.create', { identityId: one.id, name: 'Inner', parentId: outer.id });
    await core.call('tags.create', { identityId: one.id, name: 'work', colour: 'red' });
    for (let draft = 0; draft < 8; draft += 1) {
      await core.call('drafts.save', {
        identityId: one.id,
        content: { to: [absent], cc: [], bcc: [], subject: 's', text: 't' },
      });
    }
  }
  network.withdraw(b.onion);
  const waits = core.when('delivery.changed', ({ delivery }) => delivery.state === 'recipient-offline');
  await sendMail(core, a, { to: [b.address], subject: 'Waits' });
  await waits;
}

async function collectIds(): Promise<void> {
  const folders = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'] as const;
  const all = {
    identityId: [a.id, b.id],
    messageId: [] as string[],
    contactId: [] as string[],
    deliveryId: [] as string[],
    attachmentId: [] as string[],
    threadId: [] as string[],
    draftId: [] as string[],
    mailboxId: [] as string[],
  };
  for (const { id: identityId } of [a, b]) {
    for (const folder of folders) {
      const { messages } = await core.call('messages.page', { identityId, folder, limit: 100 });
      for (const { id: messageId, threadId } of messages) {
        all.messageId.push(messageId);
        all.threadId.push(threadId);
        if (folder === 'drafts') all.draftId.push(messageId);
        const { attachments } = await core.call('messages.read', { identityId, messageId });
        all.attachmentId.push(...attachments.map(({ id }) => id));
      }
    }
    all.mailboxId.push(...(await core.call('mailboxes.list', { identityId })).map(({ id }) => id));
    all.contactId.push(...(await core.call('contacts.list', { identityId })).map(({ id }) => id));
    all.deliveryId.push(...(await core.call('outbox.list', { identityId })).map(({ id }) => id));
  }
  Object.assign(ids, { ...all, messageIds: all.messageId, inReplyTo: all.messageId, parentId: all.mailboxId });
}

let lastId = 0;

async function ask(method: string, params: unknown): Promise<Reply> {
  const id = (lastId += 1);
  page.receive({ kind: 'call', id, method, params });
  const isReply = (message: unknown): boolean => (message as Reply).id === id;
  return (await page.until(isReply)).find(isReply) as Reply;
}

/** Every call gets a result, or an error with a closed code and a sentence, and no fault of our own. */
function expectAnswer(reply: Reply, asked: unknown): void {
  if (reply.kind === 'result') return;
  const about = JSON.stringify(asked).slice(0, 500);
  expect(ErrorCode.options, about).toContain(reply.error?.code);
  expect(reply.error?.code, about).not.toBe('internal');
  expect(reply.error?.message).not.toMatch(/onion|@|\/|undefined|SQLITE/);
}

const idField = (name: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...(ids[name] ?? [])) },
    { weight: 1, arbitrary: fc.constant(randomUUID()) },
    { weight: 1, arbitrary: fc.anything() },
  );

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('', '\0', '"', "' OR 1=1 --", 'a* OR b', 'NEAR(', '\ud800', '=?utf-8?q?=00?=', 'x\r\nBcc: y'),
);
const content = (): fc.Arbitrary<unknown> =>
  fc.record(
    {
      to: fc.array(fc.oneof(text, fc.constantFrom(a.address, b.address)), { maxLength: 5 }),
      cc: fc.array(text, { maxLength: 2 }),
      bcc: fc.array(fc.constantFrom(a.address, b.address), { maxLength: 2 }),
      subject: text,
      text,
      inReplyTo: idField('messageId'),
    },
    { requiredKeys: ['to', 'cc', 'bcc', 'subject', 'text'] },
  );

const keyword = fc.oneof(fc.constantFrom('work', '$junk', 'x'), text);
const place = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom('inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash', 'spam'),
    idField('mailboxId'),
  );

/** Values that fit the field of that name, in any combination with the others. */
function fieldOf(name: string): fc.Arbitrary<unknown> {
  const known: Record<string, () => fc.Arbitrary<unknown>> = {
    messageIds: () => fc.array(idField('messageId'), { maxLength: 6 }),
    content: () => fc.oneof(content(), fc.uint8Array({ maxLength: 100 })),
    seen: () => fc.boolean(),
    flagged: () => fc.boolean(),
    paused: () => fc.boolean(),
    blocked: () => fc.boolean(),
    folder: place,
    mailbox: place,
    keyword: () => keyword,
    add: () => fc.array(keyword, { maxLength: 3 }),
    remove: () => fc.array(keyword, { maxLength: 3 }),
    limit: () => fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double()),
    before: () => fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double()),
    colour: () => fc.constantFrom('blue', 'red', 'no colour'),
    address: () => fc.oneof(fc.constantFrom(a.address, b.address), text),
  };
  return known[name]?.() ?? (name in ids ? idField(name) : text);
}

function shapeOf(method: Method): readonly string[] {
  const schema = coreContract[method].params as { readonly shape?: Record<string, unknown> };
  return Object.keys(schema.shape ?? {});
}

/** Parameters of the right names with plausible values, some left out. */
function plausible(method: Method): fc.Arbitrary<unknown> {
  return fc.record(Object.fromEntries(shapeOf(method).map((name) => [name, fieldOf(name)])), {
    requiredKeys: shapeOf(method).filter(
      (name) =>
        !['seen', 'flagged', 'paused', 'blocked', 'before', 'name', 'label', 'colour', 'draftId', 'parentId'].includes(
          name,
        ),
    ),
  });
}

const garbage = fc.anything({
  withBigInt: true,
  withDate: true,
  withTypedArray: true,
  withSparseArray: true,
  withMap: true,
});

/** Everything that a refused call must not change. */
async function state(): Promise<unknown> {
  const folders = ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'] as const;
  const of = async ({ id: identityId }: Identity): Promise<unknown> => ({
    pages: await Promise.all(folders.map((folder) => core.call('messages.page', { identityId, folder, limit: 500 }))),
    contacts: await core.call('contacts.list', { identityId }),
    mailboxes: await core.call('mailboxes.list', { identityId }),
    tags: await core.call('tags.list', { identityId }),
    outbox: await core.call('outbox.list', { identityId }),
  });
  return {
    identities: await core.call('identities.list', {}),
    settings: await core.call('settings.get', {}),
    a: await of(a),
    b: await of(b),
  };
}

describe('a hostile page', () => {
  it.each(methods)('gets an answer to any garbage: %s', async (method) => {
    const before = await state();
    await fc.assert(
      fc.asyncProperty(garbage, async (params) => {
        const takesNothing = shapeOf(method).length === 0;
        if (takesNothing && isEmpty(params)) return;
        const reply = await ask(method, params);
        expect(reply).toMatchObject({ kind: 'error', error: { code: 'invalid-call' } });
      }),
      { numRuns: campaign({ short: 10, long: 40 }) },
    );
    expect(await state()).toEqual(before);
  });

  it('gets an answer to methods that are none', async () => {
    const names = fc.oneof(
      fc.string({ maxLength: 100 }),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'profile', 'profile.', 'hasOwnProperty'),
    );
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        expect(await ask(name, {})).toMatchObject({ kind: 'error', error: { code: 'invalid-call' } });
      }),
      { numRuns: 100 },
    );
  });

  it('changes nothing of one identity with the ids of another', async () => {
    const mine = async (): Promise<string[]> => {
      const { messages } = await core.call('messages.page', { identityId: b.id, folder: 'requests', limit: 1 });
      return messages.map(({ id }) => id);
    };
    const [messageId] = await mine();
    const { list } = await core.call('lists.create', { identityId: a.id, name: 'Choir' });
    const before = await state();
    const foreign = {
      list,
      identityId: a.id,
      messageId,
      draftId: messageId,
      messageIds: [messageId],
      contactId: (await core.call('contacts.list', { identityId: b.id }))[0]?.id,
      attachmentId: randomUUID(),
      deliveryId: randomUUID(),
      seen: true,
      folder: 'trash',
      mailboxId: (await core.call('mailboxes.list', { identityId: b.id })).at(-1)?.id,
      name: 'Mine',
      add: [],
      remove: [],
      filename: 'x',
      contentType: 'x/y',
      contactIds: (await core.call('contacts.list', { identityId: b.id })).map(({ id }) => id),
      toIdentityId: b.id,
      fingerprint: b.fingerprint,
      certify: { level: 'casual', shared: false },
      introducer: null,
      accept: true,
      withLocal: true,
      terms: defaultHoldTerms,
    };
    for (const method of methods.filter((name) =>
      shapeOf(name).some((field) => /^(message|draft|contact|delivery|attachment|mailbox)Ids?$/.test(field)),
    )) {
      const fields = shapeOf(method).map((name) => [
        name,
        name === 'content' && method === 'drafts.save'
          ? { to: [], cc: [], bcc: [], subject: '', text: '' }
          : name === 'content'
            ? new Uint8Array(3)
            : (foreign as Record<string, unknown>)[name],
      ]);
      const params = Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as unknown;
      const reply = await ask(method, params);
      expect([method, reply.kind]).toEqual([method, 'error']);
      expect(reply.error?.code).toMatch(/^(message|contact|delivery|attachment|mailbox)-unknown$/);
    }
    expect(await state()).toEqual(before);
  });

  it.each(methods.filter((method) => !ends.includes(method)))(
    'gets an answer to what looks right, with any ids: %s',
    async (method) => {
      await fc.assert(
        fc.asyncProperty(plausible(method), async (params) => {
          expectAnswer(await ask(method, params), { method, params });
        }),
        { numRuns: campaign({ short: 20, long: 60 }) },
      );
      expect(faults.filter((event) => event === 'call.failed')).toEqual([]);
      expect(await core.call('profile.state', {})).toEqual({ state: 'unlocked' });
    },
  );

  it('keeps its own and its friends’ identities when it guesses at a deletion', async () => {
    const params = (): fc.Arbitrary<unknown> =>
      fc.record({
        identityId: idField('identityId'),
        confirmAddress: fc.constantFrom(`x@${a.onion}`, `alice@${b.onion}`, 'a@b'),
      });
    await fc.assert(
      fc.asyncProperty(params(), async (asked) => {
        expect(await ask('identities.delete', asked)).toMatchObject({ kind: 'error' });
      }),
      { numRuns: 30 },
    );
    expect(await core.call('identities.list', {})).toHaveLength(2);
  });

  it('gets «locked» and nothing else while the profile is locked', async () => {
    await core.call('profile.lock', {});
    const open: readonly Method[] = [
      'profile.state',
      'profile.create',
      'profile.unlock',
      'profile.lock',
      'tor.status',
      'tor.about',
      'addresses.check',
    ];
    for (const method of methods.filter((name) => !open.includes(name))) {
      await fc.assert(
        fc.asyncProperty(plausible(method), async (params) => {
          const reply = await ask(method, params);
          expect(reply, method).toMatchObject({ kind: 'error' });
          expect(['profile-locked', 'invalid-call'], method).toContain(reply.error?.code);
        }),
        { numRuns: campaign({ short: 5, long: 15 }) },
      );
    }
    expectAnswer(await ask('profile.create', { passphrase: 'another one' }), 'profile.create');
    expect(await core.call('profile.unlock', { passphrase })).toEqual({ outcome: 'unlocked' });
    expect(await core.call('identities.list', {})).toHaveLength(2);
  });

  it('that floods the core is told so, and the next is served', async () => {
    const flood = Array.from({ length: 1_000 }, () =>
      ask('messages.search', { identityId: a.id, text: 'hello', limit: 50 }),
    );
    const replies = await Promise.all(flood);
    const refused = replies.filter(({ kind }) => kind === 'error');
    expect(refused.length).toBeGreaterThan(0);
    for (const { error } of refused) expect(error?.code).toBe('too-many');
    expect((await ask('profile.state', {})).kind).toBe('result');
  });
});

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) !== Array.prototype &&
    Object.keys(value).length === 0
  );
}
