import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import type { MailAddress } from '../../../../shared/ids';
import type { MessageDetail } from '../../../../shared/message';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { writeRelayTag } from '../../domain/gateway/relay-tag';
import { relayLetters } from './relay-letters';
import { bring, freePort, startSink, type Sink, type Taken } from './testing/outside-world';

const DAY_MS = 86_400_000;
let network: LoopbackNetwork;
let alice: TestCore;
let gregor: TestCore;
let a: Identity;
let g: Identity;
let sink: Sink;
let lmtpPort: number;
let alias: string;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [alice, gregor] = await Promise.all([makeTestCore(network), makeTestCore(network)]);
  [a, g] = [await makeIdentity(alice, 'alice'), await makeIdentity(gregor, 'gateway')];
  await alice.call('contacts.add', { identityId: a.id, address: g.address, name: 'Gregor' });
  sink = await startSink();
  lmtpPort = await freePort();
  await gregor.call('gateway.set', {
    identityId: g.id,
    settings: { isOn: true, domain: domain('example.org'), lmtpPort, mtaPort: sink.port, resultsOf: 'mx.example.org' },
  });
  alias = await allow();
});
afterAll(async () => {
  await Promise.all([alice.remove(), gregor.remove()]);
  await sink.stop();
  await network.stop();
});
beforeEach(() => sink.taken.splice(0));
afterEach(() => {
  sink.judge = () => undefined;
});

const domain = (text: string) => text as never;
const tag = (outside: string): MailAddress => writeRelayTag(g.address, outside)!;

/** Lets Alice use the gateway; answers her newest alias, when its letter has come. */
async function allow(terms: { lettersADay?: number; repliesOnly?: boolean; until?: number } = {}): Promise<string> {
  const letter = arrives('You can write');
  const { participants } = await gregor.call('gateway.allow', {
    ...{ identityId: g.id, participant: a.address, until: Date.now() + 30 * DAY_MS },
    ...{ lettersADay: 1_000, repliesOnly: false, ...terms },
  });
  await letter;
  return participants[0]!.aliases.filter(({ isEnded }) => !isEnded)[0]!.address;
}

/** The next letter to Alice with this in its subject. */
async function arrives(subject: string): Promise<MessageDetail> {
  const { message } = await alice.when(
    'message.stored',
    (event) => event.message.folder === 'inbox' && event.message.subject.includes(subject),
  );
  return alice.call('messages.read', { identityId: a.id, messageId: message.id });
}

function write(to: readonly string[], o: Partial<Parameters<typeof sendMail>[2]> = {}): Promise<unknown> {
  return sendMail(alice, a, { ...o, to });
}

const lines = (...all: string[]): string => `${all.join('\r\n')}\r\n`;
const letter = (subject: string, ...fields: string[]): string =>
  lines(
    'From: Carol <carol@example.com>',
    `To: ${alias}`,
    `Subject: ${subject}`,
    'Message-ID: <1@example.com>',
    ...fields,
    '',
    'Hi',
  );

const decoded = ({ text }: Taken): string => text.replace(/=\r\n/g, '');
/** Names that the outside must not learn. */
const secrets = (): RegExp =>
  new RegExp([a.onion, g.onion, 'alice', 'gateway\\+', 'posthorn', 'nodemailer', 'localhost'].join('|'), 'i');

describe('a letter to somebody outside', () => {
  it('leaves from the alias, with nothing that tells who wrote it', async () => {
    const out = sink.next();
    await write([tag('carol@example.com')], {
      subject: 'Cider',
      text: `From ${a.address}:\nDear Carol,\n.\nyours at ${tag('carol@example.com')}\n`,
      files: [Buffer.from('apples')],
    });
    const taken = await out;
    expect(taken).toMatchObject({ from: alias, to: ['carol@example.com'] });
    expect(taken.text).toContain(`From: ${alias}\r\nTo: carol@example.com\r\nSubject: Cider\r\nDate: `);
    expect(decoded(taken)).toContain(`From ${alias}:\r\nDear Carol,\r\n.\r\nyours at carol@example.com`);
    expect(taken.text).toMatch(/^Message-ID: <[0-9a-f-]{36}@example\.org>\r$/m);
    expect(taken.text).toMatch(/^Date: .* \+0000\r$/m);
    expect(taken.text).toContain(Buffer.from('apples').toString('base64'));
    expect(taken.text).not.toMatch(secrets());
    const header = taken.text.slice(0, taken.text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    const names = header.split('\r\n').map((line) => line.split(':')[0]);
    expect(names).toEqual(['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type']);
  });

  it('goes to several at once, and to hidden ones, each told apart by the tag', async () => {
    const out = sink.next();
    await sendMail(alice, a, {
      to: [tag('carol@example.com'), tag('dave@example.net')],
      cc: [tag('erin@example.com')],
    });
    const taken = await out;
    expect(taken.to).toEqual(['carol@example.com', 'dave@example.net', 'erin@example.com']);
    expect(taken.text).toMatch(/^To: carol@example\.com, dave@example\.net\r\nCc: erin@example\.com\r$/m);
    const hidden = sink.next();
    await sendMail(alice, a, { to: [], bcc: [tag('erin@example.com')] });
    expect((await hidden).to).toEqual(['erin@example.com']);
    expect(sink.taken.at(-1)?.text).toMatch(/^To: "undisclosed-recipients":;\r$/m);
    await expect(sendMail(alice, a, { to: [tag('c@example.com')], bcc: [tag('d@example.com')] })).rejects.toMatchObject(
      { code: 'address-invalid' },
    );
  });

  it('is kept by nobody once it has left', async () => {
    const came = gregor.when('message.stored', ({ message }) => message.from === a.address);
    const out = sink.next();
    await write([tag('carol@example.com')]);
    const { message } = await came;
    const gone = gregor.when('message.removed', ({ messageId }) => messageId === message.id);
    await Promise.all([out, gone]);
    const { messages } = await gregor.call('messages.page', { identityId: g.id, folder: 'inbox', limit: 50 });
    expect(messages).toEqual([]);
  });

  it('waits for a mail server that says later, and tells of one that says never', async () => {
    sink.judge = (recipient) => (recipient.startsWith('late') ? 451 : recipient.startsWith('no') ? 550 : undefined);
    const out = sink.next();
    const told = arrives('Not sent: Some');
    await sendMail(alice, a, {
      to: [tag('late@example.com'), tag('nobody@example.com'), tag('yes@example.com')],
      subject: 'Some',
    });
    expect((await out).to).toEqual(['yes@example.com']);
    expect((await told).text).toMatch(/nobody@example\.com: 550 no nobody@example\.com\n\nWhoever else it was for/);
    sink.judge = () => undefined;
    expect(gregor.inside.session.require(g.id).relay.dueOut(Date.now() + DAY_MS)).toMatchObject([
      { waiting: ['late@example.com'], tries: 1 },
    ]);
  });
});

describe('a letter that waits', () => {
  const later = (minutes: number) => {
    const { services } = gregor.inside;
    return { ...services, clock: { ...services.clock, now: () => Date.now() + minutes * 60_000 } };
  };
  const never = () => new AbortController().signal;

  /** The mail server says later for this one. */
  async function waits(recipient: string): Promise<void> {
    const asked = new Promise<void>((resolve) => {
      sink.judge = () => {
        resolve();
        return 451;
      };
    });
    await write([tag(recipient)]);
    await asked;
    const { relay } = gregor.inside.session.require(g.id);
    const kept = () => relay.dueOut(Date.now() + DAY_MS).find(({ waiting }) => waiting.some((to) => to === recipient));
    await vi.waitFor(() => expect(kept()?.tries).toBe(1), { timeout: 30_000 });
    sink.judge = () => undefined;
  }

  it('leaves once, when it cannot be deleted after it has left', async () => {
    await waits('once@example.com');
    const mailbox = gregor.inside.session.require(g.id);
    const move = () => {
      throw new PosthornError('disk-full', 'No room.');
    };
    const full = { ...mailbox, messages: { ...mailbox.messages, move } };
    const taken = () => sink.taken.filter(({ to }) => to.includes('once@example.com'));
    await relayLetters(later(10), full, never());
    expect(taken()).toHaveLength(1);
    await relayLetters(later(90), mailbox, never());
    expect(taken()).toHaveLength(1);
  });

  it('does not leave any more when the person behind the gateway has ended it', async () => {
    await waits('ended@example.com');
    const ended = arrives('has ended');
    await gregor.call('gateway.end', { identityId: g.id, participant: a.address });
    await ended;
    const told = arrives('Not sent');
    await relayLetters(later(10), gregor.inside.session.require(g.id), never());
    expect((await told).text).toContain('ended@example.com: The gateway relays nothing for you any more.');
    expect(sink.taken.flatMap(({ to }) => to)).not.toContain('ended@example.com');
    await allow();
  });
});

describe('what the gateway refuses', () => {
  const refused = async (send: () => Promise<unknown>, reason: RegExp): Promise<void> => {
    const told = arrives('Not sent');
    await send();
    expect((await told).text).toMatch(reason);
    expect(sink.taken).toEqual([]);
  };

  it.each(['text', 'subject', 'file', 'page'])('names an onion: %s', async (where) => {
    const onion = `bob@${'b'.repeat(55)}a.onion`;
    await refused(
      () =>
        write([tag('carol@example.com')], {
          ...(where === 'text' ? { text: `see ${onion}` } : {}),
          ...(where === 'subject' ? { subject: onion } : {}),
          ...(where === 'file' ? { files: [Buffer.from(`x ${onion} y`)] } : {}),
          ...(where === 'page' ? { text: `b<b></b>${'b'.repeat(54)}a&#46;onion` } : {}),
        }),
      /names an onion/,
    );
  });

  it.each([
    'carol=example.com=',
    'a%b=example.com',
    'a!b=example.com',
    'carol=127.0.0.1',
    'carol=localhost',
    '-x=example.com',
    `x=${'b'.repeat(10)}.onion`,
    'carol',
  ])('is for nobody who can be reached: %s', (name) =>
    refused(() => write([g.address.replace('@', `+${name}@`)]), /nobody outside who can be reached/),
  );

  it('is past its terms: too many, none asked for, over, ended', async () => {
    await allow({ repliesOnly: true });
    await refused(() => write([tag('stranger@example.com')]), /written to you first/);
    await allow({ lettersADay: 1 });
    await refused(() => write([tag('carol@example.com')]), /as many letters today/);
    await allow({ until: Date.now() });
    await refused(() => write([tag('carol@example.com')]), /is over/);
    expect(await bring({ port: lmtpPort, from: 'carol@example.com', to: [alias], octets: letter('x') })).toEqual([
      expect.stringMatching(/^550 5\.1\.1 /),
    ]);
    const ended = arrives('has ended');
    await allow();
    await gregor.call('gateway.end', { identityId: g.id, participant: a.address });
    await ended;
    await refused(() => write([tag('carol@example.com')]), /is over/);
    await allow();
  });

  it('comes from somebody without agreement, and stays with the person', async () => {
    const mallory = await makeIdentity(alice, 'mallory');
    const came = gregor.when('message.stored', ({ message }) => message.from === mallory.address);
    await sendMail(alice, mallory, { to: [tag('victim@example.com')] });
    await came;
    const out = sink.next();
    await write([tag('carol@example.com')]);
    await out;
    expect(sink.taken.flatMap(({ to }) => to)).toEqual(['carol@example.com']);
  });
});

describe('mail from outside', () => {
  it('comes sealed from the gateway, with the truth on top, and is answered by an answer', async () => {
    const came = arrives('Apples');
    const octets = lines(
      'Authentication-Results: mx.example.org; spf=pass (it is) smtp.mailfrom=carol@example.com; dkim=fail header.d=example.com; dmarc=none',
      'Authentication-Results: mx.example.org; dkim=pass header.d=bank.example',
      'From: "The Bank" <carol@example.com>',
      `To: ${alias}, Dave <dave@example.net>`,
      'Subject: Apples',
      'Message-ID: <apples@example.com>',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Are they <b>ripe</b>?</p>',
    );
    expect(await bring({ port: lmtpPort, from: 'bounces@example.com', to: [alias], octets })).toEqual(['250']);
    const read = await came;
    expect(read.summary).toMatchObject({ from: g.address, to: [a.address], protection: 'verified' });
    expect(read.text).toMatch(/^FROM OUTSIDE\nFrom: carol@example\.com\nSent by: bounces@example\.com\n/);
    expect(read.text).toContain(`To: ${alias}\nOthers who got it: dave@example.net\n`);
    expect(read.text).toContain('(mx.example.org) says: SPF pass (example.com), DKIM fail (example.com), DMARC none.');
    expect(read.text).not.toContain('bank.example');
    expect(read.html).toContain('<p>FROM OUTSIDE</p>');
    const out = sink.next();
    await write([g.address], {
      inReplyTo: read.summary.id,
      subject: `Re: ${read.summary.subject}`,
      text: `Yes.\n\nOn Monday, ${g.address} wrote:\n${read.text.replace(/^/gm, '> ')}`,
    });
    const answer = await out;
    expect(answer).toMatchObject({ from: alias, to: ['carol@example.com'] });
    expect(read.summary.subject).toBe('[outside] Apples');
    expect(answer.text).toMatch(/^Subject: Re: Apples\r$/m);
    expect(answer.text).toMatch(/^In-Reply-To: <apples@example\.com>\r\nReferences: <apples@example\.com>\r$/m);
    expect(decoded(answer)).toContain('On Monday, carol@example.com wrote:');
    expect(decoded(answer)).not.toMatch(/FROM OUTSIDE|machine of the gateway|Nobody has proved/);
    expect(answer.text).not.toMatch(secrets());
    const all = sink.next();
    await write([g.address.replace('@', '+all@')], { inReplyTo: read.summary.id });
    expect((await all).to).toEqual(['carol@example.com', 'dave@example.net']);
  });

  it('joins the conversation that it answers', async () => {
    const out = sink.next();
    const asked = await sendMail(alice, a, { to: [tag('carol@example.com')], subject: 'Ripe?' });
    const [, id = ''] = /^Message-ID: (<.*>)\r$/m.exec((await out).text) ?? [];
    const came = arrives('Re: Ripe?');
    await bring({
      port: lmtpPort,
      from: 'carol@example.com',
      to: [alias],
      octets: letter('Re: Ripe?', `In-Reply-To: ${id}`),
    });
    expect((await came).summary.threadId).toBe(asked.threadId);
  });

  it('is a notice of a mail server that cannot be answered, or comes by a program, and says so', async () => {
    const came = arrives('Undelivered');
    await bring({
      port: lmtpPort,
      from: '',
      to: [alias],
      octets: letter('Undelivered', 'Auto-Submitted: auto-replied'),
    });
    const { text } = await came;
    expect(text).toContain('A mail server sent this');
    expect(text).toContain('A program wrote this by itself');
    expect(text).toContain('It cannot be answered.');
  });

  it('is one letter when the mail server brings it twice', async () => {
    const octets = letter('Once');
    const came = arrives('Once');
    const again = { port: lmtpPort, from: 'carol@example.com', to: [alias], octets };
    expect([await bring(again), await bring(again)]).toEqual([['250'], ['250']]);
    await came;
    const end = arrives('The end');
    await bring({ ...again, octets: letter('The end') });
    await end;
    const { messages } = await alice.call('messages.page', { identityId: a.id, folder: 'inbox', limit: 50 });
    expect(messages.filter(({ subject }) => subject.endsWith('Once'))).toHaveLength(1);
  });

  it.each([
    ['no alias', 'nobody@example.org'],
    ['an address of elsewhere', 'victim@example.com'],
    ['a route', `@example.org:victim@example.com`],
    ['a per cent', 'victim%example.com@example.org'],
    ['a bang', 'example.com!victim@example.org'],
    ['an onion', `alice@${'a'.repeat(56)}.onion`],
  ])('for %s is refused before it comes', async (_what, to) => {
    const [reply] = await bring({ port: lmtpPort, from: 'carol@example.com', to: [to], octets: letter('relayed?') });
    expect(reply).toMatch(/^5\d\d/);
    expect(sink.taken).toEqual([]);
  });

  it('is one file when it has more files than a letter may have, and not bounced', async () => {
    const file = '--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n';
    const head = letter('Many', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x');
    const came = arrives('Many');
    const octets = `${head}\r\n${file.repeat(101)}--x--\r\n`;
    expect(await bring({ port: lmtpPort, from: 'carol@example.com', to: [alias], octets })).toEqual(['250']);
    expect((await came).attachments.map(({ filename }) => filename)).toEqual(['message.eml']);
  });

  it('is one file when it breaks the rules and is too long for its text: nothing is cut away', async () => {
    const head = letter('Long', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=x');
    const came = arrives('Long');
    const octets = `${head}\r\n--x\r\n\r\n${`${'y'.repeat(98)}\r\n`.repeat(10_500)}the end\r\n`;
    expect(await bring({ port: lmtpPort, from: 'carol@example.com', to: [alias], octets })).toEqual(['250']);
    const [file, ...more] = (await came).attachments;
    expect([file?.filename, more]).toEqual(['message.eml', []]);
    expect(file?.size).toBeGreaterThan(1_050_000);
  });

  it('is refused when it runs in a circle', async () => {
    const octets = `${'Received: by mx.example.org\r\n'.repeat(51)}${letter('Round')}`;
    expect(await bring({ port: lmtpPort, from: 'carol@example.com', to: [alias], octets })).toEqual([
      expect.stringMatching(/^554 5\.4\.6/),
    ]);
  });

  it('cannot write a field of the letter', async () => {
    const came = arrives('Tricky');
    const octets = letter(
      '=?utf-8?q?Tricky=0D=0ABcc:_mallory=40example.com?=',
      'Reply-To: "x\\r\\nBcc: m@example.com" <r@example.com>',
    );
    await bring({ port: lmtpPort, from: 'carol@example.com', to: [alias], octets });
    const read = await came;
    const out = sink.next();
    await write([g.address], {
      inReplyTo: read.summary.id,
      subject: `Re: ${read.summary.subject}\r\nBcc: mallory@example.com`,
    });
    const answer = await out;
    expect(answer.to).toEqual(['r@example.com']);
    expect(answer.text).not.toMatch(/^Bcc:/im);
  });
});

describe('an alias', () => {
  it('ends for ever, and tells nothing of another', async () => {
    const second = arrives('Another outside address');
    const before = await gregor.call('gateway.addAlias', { identityId: g.id, participant: a.address });
    await second;
    const [one, two] = before.participants[0]!.aliases.map(({ address }) => address);
    expect(one).toMatch(/^m[a-z]{20}@example\.org$/);
    expect(two).not.toBe(one);
    const ended = arrives('An outside address has ended');
    await gregor.call('gateway.endAlias', { identityId: g.id, alias: two! });
    await ended;
    expect(await bring({ port: lmtpPort, from: 'c@example.com', to: [two!], octets: letter('x') })).toEqual([
      expect.stringMatching(/^550 5\.1\.1 No such mailbox here|.*550 5\.1\.1/),
    ]);
  });
});
