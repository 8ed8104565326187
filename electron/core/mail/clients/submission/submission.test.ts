import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../../shared/identity';
import type { MessageDetail } from '../../../../../shared/message';
import {
  password,
  serveSubmission,
  user,
  type ServedSubmission,
} from '../../../smtp/submission/testing/serve-submission';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../../testing/make-test-core';
import { createImapAccount as imapAccount } from '../account/imap-account';
import { ownMessageId } from './own-message-id';
import { submissionAccount } from './submission-account';

const run = promisify(execFile);

const OURS = /^<[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@[a-z2-7]{56}\.onion>$/;

let network: LoopbackNetwork;
let alice: TestCore;
let bob: TestCore;
let a: Identity;
let b: Identity;
let submission: ServedSubmission;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  [alice, bob] = await Promise.all([makeTestCore(network), makeTestCore(network)]);
  [a, b] = await Promise.all([makeIdentity(alice, 'alice'), makeIdentity(bob, 'bob')]);
  const { services, session } = alice.inside;
  submission = await serveSubmission(
    submissionAccount(services, {
      mailboxes: () => [session.require(a.id)],
      cleansPictures: () => session.settings().cleanPictures,
    }),
  );
  // From then on they know each other, and mail goes to the inbox.
  const met = bob.when('message.stored', ({ message }) => message.folder === 'requests');
  await sendMail(alice, a, { to: [b.address], subject: 'first' });
  await bob.call('requests.accept', { identityId: b.id, messageId: (await met).message.id });
});
afterAll(async () => {
  await submission.stop();
  await Promise.all([alice.remove(), bob.remove()]);
  await network.stop();
});

/** Waits until Bob has what `send` submits. */
async function arrived(subject: string, send: () => Promise<unknown>): Promise<MessageDetail> {
  const stored = bob.when('message.stored', ({ message }) => message.subject === subject);
  await send();
  return bob.call('messages.read', { identityId: b.id, messageId: (await stored).message.id });
}

/** One letter over the wire, octet for octet. */
function say(raw: string, o: { to?: readonly string[] } = {}): Promise<{ response: string }> {
  const transport = createTransport({ host: '127.0.0.1', port: submission.port, auth: { user, pass: password } });
  const envelope = { from: a.address, to: [...(o.to ?? [b.address])] };
  return transport.sendMail({ envelope, raw: raw.replace(/\r?\n/g, '\r\n') });
}

const letter = (...lines: string[]): string => [`From: Alice <${a.address}>`, `To: ${b.address}`, ...lines].join('\n');

async function queued(send: () => Promise<unknown>): Promise<MessageDetail> {
  const stored = alice.when('message.stored', ({ message }) => message.folder === 'outbox');
  await send();
  return alice.call('messages.read', { identityId: a.id, messageId: (await stored).message.id });
}

const of = () => alice.inside.session.require(a.id);

/** How the letter is called in the world, as it stands inside its seal. */
const nameOf = ({ summary }: MessageDetail): string | undefined =>
  of().messages.reference({ messageId: summary.id })?.rfcMessageId;

const refusedWith = (reply: RegExp): unknown =>
  expect.objectContaining({ response: expect.stringMatching(reply) as string });

describe('mail of real programs', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'posthorn-submission-'));
    file = join(folder, 'letter.eml');
    await writeFile(file, letter('Subject: a file', '', 'Dear Bob', '.', '.dot', '').replaceAll('\n', '\r\n'));
    const msmtprc = ['account default', 'host 127.0.0.1', `port ${String(submission.port)}`, 'auth plain', 'tls off'];
    const login = [`user ${user}`, `password ${password}`, `from ${a.address}`, ''];
    await writeFile(join(folder, 'msmtprc'), [...msmtprc, ...login].join('\n'), { mode: 0o600 });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('arrives as mail of the window does, from swaks', async () => {
    const detail = await arrived('from swaks', async () => {
      const { stdout } = await run('swaks', [
        ...['--server', '127.0.0.1', '--port', String(submission.port), '--auth', 'PLAIN'],
        ...['--auth-user', user, '--auth-password', password, '--from', a.address, '--to', b.address],
        ...['--header', 'Subject: from swaks', '--body', 'Dear Bob'],
      ]);
      expect(stdout).toContain('250 2.0.0 Queued');
    });
    expect(detail).toMatchObject({
      summary: { subject: 'from swaks', folder: 'inbox', protection: 'verified' },
      text: expect.stringMatching(/^Dear Bob\n*$/) as string,
    });
  });

  const python = `
import smtplib, sys
from email.message import EmailMessage
from email.utils import make_msgid
port, user, password, sender, to = sys.argv[1:]
m = EmailMessage()
m['From'], m['To'], m['Subject'], m['Message-ID'] = sender, to, 'Schöne Grüße', make_msgid()
m.set_content('Dear Bob\\n.\\n.dot\\n')
with smtplib.SMTP('127.0.0.1', int(port)) as s:
    s.login(user, password)
    assert s.send_message(m) == {}
`;
  it.each<[string, string, () => Promise<unknown>]>([
    [
      'curl',
      'a file',
      () =>
        run('curl', [
          ...[
            '--silent',
            '--show-error',
            `smtp://127.0.0.1:${String(submission.port)}`,
            '--user',
            `${user}:${password}`,
          ],
          ...['--mail-from', a.address, '--mail-rcpt', b.address, '--upload-file', file],
        ]),
    ],
    [
      'msmtp',
      'a file',
      () => run('sh', ['-c', 'msmtp --file "$1" -- "$2" < "$3"', 'sh', join(folder, 'msmtprc'), b.address, file]),
    ],
    [
      "Python's smtplib",
      'Schöne Grüße',
      () => run('python3', ['-c', python, String(submission.port), user, password, a.address, b.address]),
    ],
    [
      'nodemailer',
      'Hello',
      () =>
        createTransport({ host: '127.0.0.1', port: submission.port, auth: { user, pass: password } }).sendMail({
          ...{ from: `Alice <${a.address}>`, to: b.address, subject: 'Hello' },
          text: 'Dear Bob\n.\n.dot\n',
        }),
    ],
  ])('arrives from %s', async (_program, subject, send) => {
    const { text } = await arrived(subject, send);
    expect(text.trimEnd()).toBe('Dear Bob\n.\n.dot');
  });
});

describe('what leaves of a letter', () => {
  it('is page, pictures and files, and nothing that names the machine', async () => {
    const machine = 'laptop-of-alice';
    const sent = queued(() => Promise.resolve());
    const detail = await arrived('Grüße', () =>
      say(
        letter(
          'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
          `Message-ID: <1.2@${machine}>`,
          `User-Agent: Program/1.0 (${machine})`,
          `Received: from ${machine} by somewhere`,
          `X-Machine: ${machine}`,
          `Reply-To: alice@${machine}`,
          `References: <0@${machine}>`,
          'MIME-Version: 1.0',
          'Content-Type: multipart/related; boundary=x',
          '',
          '--x',
          'Content-Type: text/html; charset=utf-8',
          '',
          `<p>Dear <b>Bob</b> <img src="cid:pic@${machine}"></p>`,
          '--x',
          'Content-Type: image/png; name=pic.png',
          `Content-ID: <pic@${machine}>`,
          'Content-Disposition: inline',
          'Content-Transfer-Encoding: base64',
          '',
          'iVBORw0KGgo=',
          '--x--',
        ),
      ),
    );
    expect(detail).toMatchObject({
      summary: { subject: 'Grüße' },
      text: expect.stringContaining('Dear Bob') as string,
    });
    const [picture] = detail.attachments;
    expect(picture).toMatchObject({ filename: 'pic.png', inline: true });
    expect(detail.html).toContain(`<b>Bob</b> <img src="cid:${picture?.contentId ?? ''}">`);
    const own = await sent;
    expect(JSON.stringify([detail, own, nameOf(own)])).not.toContain(machine);
    expect(own.html).toBe(detail.html);
  });

  it('is its Message-ID when it could be one of Posthorn, and another one when that is taken', async () => {
    const id = `<${randomUUID()}@${a.onion}>`;
    const first = await queued(() => say(letter(`Message-ID: ${id}`, '', 'one')));
    const second = await queued(() => say(letter(`Message-ID: ${id}`, '', 'two')));
    expect(nameOf(first)).toBe(id);
    expect(nameOf(second)).not.toBe(id);
    expect(nameOf(second)).toMatch(OURS);
  });

  it.each([`<A1.B2@laptop>`, '<UPPER-1@ONION>'])(
    'is none that tells the program, such as %s, and is found by it',
    async (id) => {
      const given = id.replace('ONION', a.onion);
      const first = await queued(() => say(letter('Subject: one', `Message-ID: ${given}`, '', 'one')));
      expect(nameOf(first)).toMatch(OURS);
      const own = await ownMessageId(alice.inside.services, { messageId: given, onion: a.onion });
      expect(nameOf(first)).toBe(own);
      const next = await queued(() => say(letter('Subject: Re: one', `In-Reply-To: ${given}`, '', 'two')));
      expect(next.summary.threadId).toBe(first.summary.threadId);
      const account = imapAccount({ services: alice.inside.services, mail: of(), form: 'unsealed' });
      const sent = account.mailboxes().find(({ specialUse }) => specialUse === '\\Sent')?.id ?? '';
      const copy = Buffer.from(letter('Subject: one', `Message-ID: ${given}`, '', 'one').replaceAll('\n', '\r\n'));
      expect(await account.append({ mailbox: sent, octets: copy, flags: [] })).toMatchObject({ isDone: true });
      expect(await account.withHeader({ mailbox: sent, field: 'Message-ID', text: given })).toEqual([]);
    },
  );

  it('joins the conversation of what it answers', async () => {
    const question = alice.when('message.stored', ({ message }) => message.from === b.address);
    await sendMail(bob, b, { to: [a.address], subject: 'A question' });
    const { message } = await question;
    const asked = of().messages.reference({ messageId: message.id })?.rfcMessageId ?? '';
    const answer = await arrived('Re: A question', () =>
      say(letter('Subject: Re: A question', `In-Reply-To: ${asked}`, '', 'Yes')),
    );
    const thread = await bob.call('messages.thread', { identityId: b.id, threadId: answer.summary.threadId });
    // Both may be of one second, which is all that a date tells: then either may be the first.
    expect(thread.map(({ subject }) => subject).sort()).toEqual(['A question', 'Re: A question']);
    const { summary } = await alice.call('messages.read', { identityId: a.id, messageId: message.id });
    expect(summary.answered).toBe(true);
  });

  it('names no message of elsewhere, nor of another identity, that a program has put here', async () => {
    const account = imapAccount({ services: alice.inside.services, mail: of(), form: 'unsealed' });
    const archive = account.mailboxes().find(({ specialUse }) => specialUse === '\\Archive')?.id ?? '';
    const put = `<put-1@${b.onion}>`;
    const elsewhere = ['<1@laptop>', `<2@${'c'.repeat(56)}.onion>`, `<3@${a.onion}>`];
    const octets = letter(`Message-ID: ${put}`, `References: ${elsewhere.join(' ')}`, '', 'x').replaceAll('\n', '\r\n');
    await account.append({ mailbox: archive, octets: Buffer.from(octets), flags: [] });
    const answer = await queued(() => say(letter('Subject: Re: put', `In-Reply-To: ${put}`, '', 'Yes')));
    expect(of().messages.reference({ messageId: answer.summary.id })?.references).toEqual([elsewhere[2], put]);
    const stored = of().messages.reference({ rfcMessageId: put })?.messageId;
    expect(answer.summary.threadId).toBe(stored);
  });

  it('tells nobody of hidden recipients, and brings it to nobody but those of the envelope', async () => {
    const carol = `carol@${b.onion}`;
    const hidden = `bob+hidden@${b.onion}`;
    const fields = [`From: ${a.address}`, `To: ${carol}`, `Bcc: ${hidden}`, 'Subject: hidden', '', 'x'];
    const sent = await queued(() => say(fields.join('\n'), { to: [hidden] }));
    expect(sent.summary).toMatchObject({ to: [carol], deliveries: [{ recipient: hidden }] });
    expect(sent.bcc).toEqual([hidden]);
  });

  it('loses what a picture tells of place and camera', async () => {
    const secret = 'camera 4711 at 48.2082 N';
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, secret.length + 2]),
      Buffer.from(secret),
      Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]),
    ]);
    const type = ['Content-Type: image/jpeg; name=a.jpg', 'Content-Transfer-Encoding: base64'];
    const sent = await queued(() => say(letter(...type, '', jpeg.toString('base64'))));
    const attachmentId = sent.attachments[0]!.id;
    const at = { identityId: a.id, messageId: sent.summary.id, attachmentId };
    const { content } = await alice.call('attachments.read', at);
    expect(Buffer.from(content).includes(secret)).toBe(false);
    expect(content.length).toBe(jpeg.length - secret.length - 4);
  });
});

describe('what is refused', () => {
  it('comes from somebody else, or from two', async () => {
    const by = (from: string): Promise<unknown> => say(`From: ${from}\nTo: ${b.address}\n\nx`);
    for (const from of [b.address, `${a.address}, ${b.address}`, `alice+tag@${a.onion}`, 'alice@example.com'])
      await expect(by(from)).rejects.toEqual(refusedWith(/^550 5\.7\.1 From must be one address/));
  });

  it('is sealed by the program itself', async () => {
    const sealed = letter(
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e',
      ...['', '--e', 'Content-Type: application/pgp-encrypted', '', 'Version: 1', '--e--'],
    );
    await expect(say(sealed)).rejects.toEqual(refusedWith(/^550 5\.7\.1 Posthorn seals and signs all mail itself/));
  });

  it('goes to an ordinary address, or to one that is mistyped', async () => {
    const mistyped = `bob@${'b'.repeat(56)}.onion`;
    await expect(say(letter('', 'x'), { to: ['carol@example.com'] })).rejects.toEqual(
      refusedWith(/^550 5\.1\.2 <carol@example\.com> is an ordinary address/),
    );
    await expect(say(letter('', 'x'), { to: [mistyped] })).rejects.toEqual(
      refusedWith(/^550 5\.1\.2 <bob@b+\.onion> names an onion that cannot exist/),
    );
  });

  it('is from another sender in its envelope', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: submission.port, auth: { user, pass: password } });
    await expect(
      transport.sendMail({ envelope: { from: b.address, to: [b.address] }, raw: letter('', 'x') }),
    ).rejects.toEqual(refusedWith(/^550 5\.7\.1 The sender is no identity/));
  });

  it('has a line of 10 MB, or too many files', async () => {
    await expect(say(letter('', 'x'.repeat(10_000_000)))).rejects.toEqual(refusedWith(/^554 5\.6\.0 A line is longer/));
    const files = Array.from({ length: 101 }, () => '--x\nContent-Type: image/png; name=a.png\n\nx');
    const many = letter('Content-Type: multipart/mixed; boundary=x', '', ...files, '--x--');
    await expect(say(many)).rejects.toEqual(refusedWith(/^552 5\.3\.4 /));
  });
});
