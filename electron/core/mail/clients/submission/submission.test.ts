import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../../shared/identity';
import type { MessageDetail, MessageSummary } from '../../../../../shared/message';
import {
  password,
  serveSubmission,
  user,
  type ServedSubmission,
} from '../../../smtp/submission/testing/serve-submission';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../../testing/make-test-core';
import { submissionAccount } from './submission-account';

const run = promisify(execFile);

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
async function arrived(send: () => Promise<unknown>): Promise<MessageDetail> {
  const stored = bob.when('message.stored', ({ message }) => message.from === a.address);
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

async function inOutbox(): Promise<MessageSummary> {
  const { message } = await alice.when('message.stored', ({ message: { folder } }) => folder === 'outbox');
  return message;
}

describe('mail of another program', () => {
  it('arrives as mail of the window does, from swaks', async () => {
    const detail = await arrived(async () => {
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

  it('keeps page, pictures and files', async () => {
    const sent = inOutbox();
    const detail = await arrived(() =>
      say(
        letter(
          'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
          'MIME-Version: 1.0',
          'User-Agent: Program/1.0 (laptop-of-alice)',
          'Received: from laptop-of-alice by somewhere',
          'X-Machine: laptop-of-alice',
          'Content-Type: multipart/related; boundary=x',
          '',
          '--x',
          'Content-Type: text/html; charset=utf-8',
          '',
          '<p>Dear <b>Bob</b> <img src="cid:pic@laptop-of-alice"></p>',
          '--x',
          'Content-Type: image/png; name=pic.png',
          'Content-ID: <pic@laptop-of-alice>',
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
    const raw = await alice.call('messages.read', { identityId: a.id, messageId: (await sent).id });
    expect(JSON.stringify([detail, raw])).not.toContain('laptop');
  });
});
