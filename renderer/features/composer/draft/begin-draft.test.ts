import { describe, expect, it } from 'vitest';
import type { MessageDetail, MessageSummary } from '../../../../shared/message';
import { makeServices } from '../../../testing/make-services';
import {
  addressOf,
  makeAttachment,
  makeIdentity,
  makeMessage,
  ME,
  messageId,
  NOON,
} from '../../../testing/sample-mail';
import { beginDraft } from './begin-draft';

const [me, bob, carol, dave] = ['me', 'bob', 'carol', 'dave'].map(addressOf) as [
  MessageSummary['from'],
  MessageSummary['from'],
  MessageSummary['from'],
  MessageSummary['from'],
];

/** Bob's letter to Me and Carol, with Dave in copy. */
const letter = (change: Partial<MessageSummary> = {}, more: Partial<MessageDetail> = {}): MessageDetail => ({
  summary: makeMessage(1, { from: bob, to: [me, carol], cc: [dave], subject: 'Tea', ...change }),
  bcc: [],
  text: 'Come at four.',
  attachments: [],
  ...more,
});

const coreWith = (message: MessageDetail) =>
  makeServices({ core: { 'messages.read': () => message, 'identities.list': () => [makeIdentity()] } }).services.core;

const begin = (message: MessageDetail, how: 'replyTo' | 'replyAll' | 'forward') =>
  beginDraft(coreWith(message), { identityId: ME, [how]: messageId(1) });

describe('a new message', () => {
  it('begins empty, without asking the core anything', async () => {
    const { services, calls } = makeServices();
    const started = await beginDraft(services.core, { identityId: ME });
    expect(started).toMatchObject({ draftId: undefined, attachments: [], carried: undefined });
    expect(started.content).toEqual({ to: [], cc: [], bcc: [], subject: '', text: '' });
    expect(calls).toEqual([]);
  });

  it('begins with the people whom the request names', async () => {
    const { services } = makeServices();
    expect((await beginDraft(services.core, { identityId: ME, to: [bob] })).content.to).toEqual([bob]);
  });
});

describe('an answer', () => {
  it('goes to the sender alone, and quotes', async () => {
    const { content } = await begin(letter(), 'replyTo');
    expect(content).toMatchObject({ to: [bob], cc: [], bcc: [], subject: 'Re: Tea', inReplyTo: messageId(1) });
    expect(content.text).toContain('> Come at four.');
  });

  it('to all goes to everybody else, each once, and never to oneself', async () => {
    const { content } = await begin(letter({ to: [me, carol, bob], cc: [dave, me, bob] }), 'replyAll');
    expect(content).toMatchObject({ to: [bob, carol], cc: [dave], bcc: [] });
  });

  it('to one’s own message goes to whom that went', async () => {
    const own = letter({ from: me, to: [bob, carol], cc: [dave] });
    expect((await begin(own, 'replyTo')).content).toMatchObject({ to: [bob, carol], cc: [] });
    expect((await begin(own, 'replyAll')).content).toMatchObject({ to: [bob, carol], cc: [dave] });
  });

  it('to what a program has put here from somebody without an onion goes to nobody, and names them', async () => {
    const put = letter({ from: me, writtenFrom: 'Eve <eve@example.com>', to: [me], cc: [] });
    const { content } = await begin(put, 'replyTo');
    expect(content.to).toEqual([]);
    expect(content.text).toContain('Eve <eve@example.com> wrote:');
    expect((await begin(put, 'forward')).content.text).toContain('From: Eve <eve@example.com>\n');
  });

  it('knows a mailbox by any tag: my own, the sender’s, and one in both lists', async () => {
    const tagged = (address: string, tag: string) => address.replace('@', `+${tag}@`) as MessageSummary['from'];
    const to = [tagged(me, 'news'), tagged(bob, 'x'), carol];
    const answered = await begin(letter({ to, cc: [tagged(carol, 'y'), tagged(dave, 'z'), dave] }), 'replyAll');
    expect(answered.content).toMatchObject({ to: [bob, carol], cc: [tagged(dave, 'z')] });
    const own = letter({ from: tagged(me, 'x'), to: [bob], cc: [] });
    expect((await begin(own, 'replyTo')).content).toMatchObject({ to: [bob] });
  });

  it('carries no attachments', async () => {
    const { attachments, carried } = await begin(letter({}, { attachments: [makeAttachment(1)] }), 'replyTo');
    expect({ attachments, carried }).toEqual({ attachments: [], carried: undefined });
  });
});

describe('a forwarded message', () => {
  it('goes to nobody yet, answers nothing, and carries the attachments', async () => {
    const attachments = [makeAttachment(1), makeAttachment(2)];
    const { content, carried } = await begin(letter({}, { attachments }), 'forward');
    expect(content).toMatchObject({ to: [], cc: [], subject: 'Fwd: Tea' });
    expect(Object.keys(content)).not.toContain('inReplyTo');
    expect(content.text).toContain('Come at four.');
    expect(carried).toEqual({ messageId: messageId(1), attachments });
  });

  it('carries nothing when there is nothing', async () => {
    expect((await begin(letter(), 'forward')).carried).toBeUndefined();
  });
});

describe('a stored draft', () => {
  it('goes on as it was left', async () => {
    const content = { to: ['half'], cc: [], bcc: [], subject: 'S', text: 'T' };
    const draft = { id: messageId(7), identityId: ME, content, attachments: [makeAttachment(1)], savedAt: NOON };
    const { services } = makeServices({ core: { 'drafts.read': () => draft } });
    const started = await beginDraft(services.core, { identityId: ME, draftId: messageId(7) });
    expect(started).toEqual({
      identityId: ME,
      draftId: messageId(7),
      content,
      attachments: draft.attachments,
      carried: undefined,
    });
  });
});
