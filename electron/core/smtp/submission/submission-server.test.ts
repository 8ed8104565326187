import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  MAX_COMMANDS_BEFORE_LOGIN,
  MAX_COMMANDS_OF_LETTER,
  MAX_SUBMISSION_STRANGERS,
} from '../../domain/client-limits';
import { letterReplies, replyToBadRecipient } from '../../domain/clients/letter-replies';
import { MAX_RECIPIENTS, SMTP_UNKNOWN_AFTER_MS } from '../../domain/limits';
import type { SmtpReply } from '../../domain/refusals';
import type { Submission } from '../../ports/submission';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer, throughTarpit } from '../../testing/smtp-peer';
import { password, serveSubmission, user, type ServedSubmission } from './testing/serve-submission';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const plain = (name: string, secret: string): string => base64(`\0${name}\0${secret}`);

let clock: SettableClock;
let submitted: Submission[];
let taking: (o: Submission) => Promise<SmtpReply>;
let served: ServedSubmission;
const stops: (() => Promise<void>)[] = [];

async function serving(o: { tls?: { key: string; cert: string }; octets?: number } = {}): Promise<void> {
  clock = new SettableClock();
  submitted = [];
  taking = (letter) => {
    submitted.push(letter);
    return Promise.resolve(letterReplies.queued);
  };
  served = await serveSubmission(
    {
      checkSender: (text) => (text === 'alice@x.onion' || text === '' ? undefined : letterReplies.notYourSender),
      checkRecipient: (text) => (text.endsWith('.onion') ? undefined : replyToBadRecipient(text, 'not-onion')),
      submit: (letter) => taking(letter),
    },
    { clock, ...o },
  );
  stops.push(() => served.stop());
}
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

const ask = (peer: SmtpPeer, line: string): Promise<string> => throughTarpit(clock, peer.ask(line));

async function loggedIn(): Promise<SmtpPeer> {
  const peer = await SmtpPeer.introduced(served.port);
  expect(await peer.ask(`AUTH PLAIN ${plain(user, password)}`)).toBe('235 2.7.0 Authentication successful');
  return peer;
}

async function inData(): Promise<SmtpPeer> {
  const peer = await loggedIn();
  for (const line of ['MAIL FROM:<alice@x.onion>', 'RCPT TO:<bob@x.onion>', 'DATA']) await peer.ask(line);
  return peer;
}

/** A program that says all this after it has logged in, and hears all until it is hung up on. */
async function hearing(lines: string): Promise<string[]> {
  const peer = await loggedIn();
  peer.write(lines);
  return peer.rest();
}

describe('what it says of itself', () => {
  it('is what it can do, and not on what machine', async () => {
    await serving();
    const peer = await SmtpPeer.connected(served.port);
    const greeting = await peer.reply();
    const features = await peer.ask('EHLO program.example');
    expect(greeting).toBe('220 localhost ESMTP');
    expect(features.split('\r\n')).toEqual([
      '250-localhost',
      '250-PIPELINING',
      '250-8BITMIME',
      '250-SMTPUTF8',
      '250-ENHANCEDSTATUSCODES',
      '250-AUTH PLAIN LOGIN',
      '250 SIZE 52428800',
    ]);
    let others = '';
    for (const line of ['HELP', 'VRFY alice', 'EXPN all', 'NOOP', 'QUIT']) others += await peer.ask(line);
    expect(greeting + features + others).not.toContain(hostname());
  });

  it.each(['XCLIENT ADDR=1.2.3.4', 'XFORWARD NAME=x', 'WIZ', 'ETRN x.onion', 'STARTTLS', 'BDAT 3 LAST'])(
    'is nothing about %s',
    async (line) => {
      await serving();
      expect(await ask(await SmtpPeer.introduced(served.port), line)).toMatch(/^500 5\.5\.2 /);
    },
  );
});

describe('logging in', () => {
  it('comes before everything', async () => {
    await serving();
    const peer = await SmtpPeer.introduced(served.port);
    for (const line of ['MAIL FROM:<alice@x.onion>', 'RCPT TO:<bob@x.onion>', 'DATA'])
      expect(await ask(peer, line)).toBe('530 5.7.0 Log in with an app password first');
  });

  it('takes PLAIN at once and asked for, and LOGIN', async () => {
    await serving();
    const ways = [
      [`AUTH PLAIN ${plain(user, password)}`],
      ['AUTH PLAIN', plain(user, password)],
      ['AUTH LOGIN', base64(user), base64(password)],
      [`AUTH LOGIN ${base64(user)}`, base64(password)],
    ];
    for (const lines of ways) {
      const peer = await SmtpPeer.introduced(served.port);
      const replies: string[] = [];
      for (const line of lines) replies.push(await peer.ask(line));
      expect(replies.map((reply) => reply.slice(0, 3))).toEqual([...lines.slice(1).map(() => '334'), '235']);
      expect(await peer.ask('MAIL FROM:<alice@x.onion> AUTH=<>')).toBe('250 2.1.0 Accepted');
    }
  });

  it.each(['AUTH CRAM-MD5', 'AUTH XOAUTH2 eA==', 'AUTH __proto__', 'AUTH PLAIN_token', 'AUTH'])(
    'knows no %s',
    async (line) => {
      await serving();
      expect(await ask(await SmtpPeer.introduced(served.port), line)).toMatch(/^504 5\.5\.4 /);
    },
  );

  it('hangs up on who guesses, with a longer wait each time', async () => {
    await serving();
    const peer = await SmtpPeer.introduced(served.port);
    const wrong = `AUTH PLAIN ${plain(user, 'abcde-fghij-klmno-pqrsu')}`;
    const begun = clock.now();
    for (let guess = 0; guess < 3; guess += 1) expect(await ask(peer, wrong)).toMatch(/^535 5\.7\.8 /);
    expect(clock.now() - begun).toBe(600);
    expect(await peer.rest()).toEqual(['421 4.7.0 Too many wrong passwords']);
  });

  it('hangs up on a stranger who only talks', async () => {
    await serving();
    const peer = await SmtpPeer.introduced(served.port);
    peer.write('NOOP\r\n'.repeat(MAX_COMMANDS_BEFORE_LOGIN));
    const replies = await peer.rest();
    expect(replies.at(-1)).toMatch(/^421 /);
    expect(replies).toHaveLength(MAX_COMMANDS_BEFORE_LOGIN - 1);
  });

  it('leaves places to those who come later', async () => {
    await serving();
    const strangers = [];
    for (let at = 0; at < MAX_SUBMISSION_STRANGERS; at += 1) strangers.push(await SmtpPeer.introduced(served.port));
    const early = await SmtpPeer.connected(served.port);
    expect(await early.rest()).toEqual(['421 4.3.2 Too many connections, try again later']);
    clock.advance(SMTP_UNKNOWN_AFTER_MS + 1);
    await loggedIn();
    expect(await strangers[0]?.rest()).toEqual(['421 4.3.2 Too slow while others wait, try again later']);
    expect(await strangers[1]?.ask('NOOP')).toMatch(/^250 /);
  });
});

describe('a letter', () => {
  it('is handed over with its envelope, octet for octet', async () => {
    await serving();
    const peer = await loggedIn();
    const raw = Buffer.from('Subject: Grüße\r\n\r\n.dot\r\n..\r\n');
    const said = await peer.transact({ from: 'alice@x.onion', to: 'bob@x.onion', raw });
    expect(said.content).toBe('250 2.0.0 Queued');
    expect(submitted).toEqual([{ mailFrom: 'alice@x.onion', recipients: ['bob@x.onion'], octets: raw }]);
  });

  it('tells which recipient is refused, and goes to the others', async () => {
    await serving();
    const peer = await loggedIn();
    expect(await peer.ask('MAIL FROM:<alice@x.onion> SIZE=100 BODY=8BITMIME SMTPUTF8')).toMatch(/^250 /);
    expect(await peer.ask('RCPT TO:<carol@example.com>')).toBe(
      '550 5.1.2 <carol@example.com> is an ordinary address; Posthorn delivers to onion addresses alone',
    );
    expect(await peer.ask('RCPT TO:<bob@x.onion>')).toBe('250 2.1.5 Accepted');
    await peer.ask('DATA');
    expect(await peer.ask('x\r\n.')).toBe('250 2.0.0 Queued');
    expect(submitted[0]?.recipients).toEqual(['bob@x.onion']);
  });

  it('is forgotten by RSET and EHLO', async () => {
    await serving();
    const peer = await loggedIn();
    for (const reset of ['RSET', 'EHLO again']) {
      await peer.ask('MAIL FROM:<alice@x.onion>');
      await peer.ask('RCPT TO:<carol@x.onion>');
      await peer.ask(reset);
      expect(await peer.ask('DATA')).toMatch(/^503 /);
    }
  });

  it('whose program goes away before its end is nothing', async () => {
    await serving();
    const peer = await inData();
    peer.write('Subject: half\r\n\r\nof it\r\n');
    peer.close();
    await peer.closed;
    await served.stop();
    expect(submitted).toEqual([]);
  });

  it('that is being stored is answered before a stop', async () => {
    await serving();
    let finish: (reply: SmtpReply) => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      taking = () =>
        new Promise((answer) => {
          finish = answer;
          resolve();
        });
    });
    const peer = await inData();
    peer.write('x\r\n.\r\n');
    await begun;
    const stopped = served.stop();
    finish(letterReplies.queued);
    expect(await peer.rest()).toEqual(['250 2.0.0 Queued', '421 4.3.2 Closing, try again later']);
    await stopped;
  });

  it('finds no room while others take all of it', async () => {
    await serving({ octets: 20_000 });
    const peer = await inData();
    peer.write(`${`${'x'.repeat(70)}\r\n`.repeat(1_000)}.\r\n`);
    expect(await peer.reply()).toMatch(/^452 4\.3\.1 Too much is being sent at once/);
    expect(submitted).toEqual([]);
  });
});

describe('bad input', () => {
  it.each([
    ['LF dot LF', 'x\r\n\n.\n'],
    ['LF dot CR LF', 'x\n.\r\n'],
    ['CR dot CR LF', 'x\r.\r\n'],
    ['CR LF dot LF', 'x\r\n.\n'],
    ['CR LF dot CR', 'x\r\n.\rQUIT\r\n'],
    ['a bare LF', 'x\ny\r\n.\r\n'],
    ['CR CR LF', 'x\r\r\n.\r\n'],
  ])('%s smuggles no second letter', async (_what, content) => {
    await serving();
    const peer = await inData();
    peer.write(`${content}MAIL FROM:<alice@x.onion>\r\nRCPT TO:<bob@x.onion>\r\nDATA\r\nsmuggled\r\n.\r\n`);
    expect(await peer.rest()).toEqual(['554 5.6.0 Every line must end with CR LF']);
    expect(submitted).toEqual([]);
  });

  it('a line of 10 MB is cut short', async () => {
    await serving();
    const replies = await hearing(`MAIL FROM:<${'x'.repeat(10_000_000)}`);
    expect(replies).toEqual(['500 5.5.2 The command line is too long', '421 4.7.0 Too many errors']);
  });

  it('10,000 recipients are as many as a letter may have, and the end', async () => {
    await serving();
    const rcpts = Array.from({ length: 10_000 }, (_, at) => `RCPT TO:<r${String(at)}@x.onion>\r\n`).join('');
    const replies = await hearing(`MAIL FROM:<alice@x.onion>\r\n${rcpts}`);
    expect(replies.filter((reply) => reply.startsWith('250 2.1.5'))).toHaveLength(MAX_RECIPIENTS);
    expect(replies[MAX_RECIPIENTS + 1]).toMatch(/^452 4\.5\.3 /);
    expect(replies.at(-1)).toBe('421 4.7.0 Too many errors');
    expect(replies.length).toBeLessThan(500);
  });

  it('10,000 commands at once end it', async () => {
    await serving();
    const replies = await hearing('NOOP\r\n'.repeat(10_000));
    expect(replies.at(-1)).toBe('421 4.7.0 Too many commands without a letter');
    expect(replies.length).toBeLessThan(MAX_COMMANDS_OF_LETTER);
  });

  it('a web page that posts a form is hung up on', async () => {
    await serving();
    const peer = await SmtpPeer.connected(served.port);
    peer.write('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nEHLO x\r\n');
    expect((await peer.rest()).at(-1)).toMatch(/^421 /);
  });

  it('an address breaks no reply in two', async () => {
    await serving();
    const peer = await loggedIn();
    await peer.ask('MAIL FROM:<alice@x.onion>');
    const reply = await peer.ask('RCPT TO:<ü\u0085\u001b[2J@example.com>');
    expect(reply).toMatch(/^5\d\d 5\.1\.[23] [ -~]+$/);
  });
});

describe('STARTTLS', () => {
  let tls: { key: string; cert: string };
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'posthorn-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-nodes', '-subj', '/CN=localhost', '-days', '2', ...kind],
      ...['-keyout', key, '-out', cert],
    ]);
    tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
    await rm(folder, { recursive: true });
  });
  const sockets: { destroy(): void }[] = [];
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
  });

  /** Begins TLS; answers what is said to lines within it. */
  async function secured(peer: SmtpPeer): Promise<(line: string) => Promise<string>> {
    const inner = connect({ socket: peer.socket.removeAllListeners('data'), ca: tls.cert, servername: 'localhost' });
    sockets.push(inner);
    await once(inner, 'secureConnect');
    return async (line) => {
      inner.write(`${line}\r\n`);
      const [reply] = (await throughTarpit(clock, once(inner, 'data'))) as [Buffer];
      return reply.toString().trimEnd();
    };
  }

  it('forgets what was put in before it, and who logged in', async () => {
    await serving({ tls });
    const peer = await loggedIn();
    await peer.ask('MAIL FROM:<alice@x.onion>');
    peer.write('STARTTLS\r\nRCPT TO:<mallory@x.onion>\r\nDATA\r\ninjected\r\n.\r\n');
    expect(await peer.reply()).toBe('220 2.0.0 Ready to start TLS');
    const say = await secured(peer);
    // The first thing that is heard within TLS is the reply to the first thing said there.
    expect(await say('RCPT TO:<bob@x.onion>')).toMatch(/^503 .*HELO/);
    const features = await say('EHLO program');
    expect(features).toContain('AUTH PLAIN LOGIN');
    expect(features).not.toContain('STARTTLS');
    expect(await say('MAIL FROM:<alice@x.onion>')).toMatch(/^530 5\.7\.0 /);
    expect(submitted).toEqual([]);
  });

  it('guards the octets within it', async () => {
    await serving({ tls });
    const peer = await SmtpPeer.introduced(served.port);
    expect(await peer.ask('STARTTLS')).toBe('220 2.0.0 Ready to start TLS');
    const say = await secured(peer);
    await say('EHLO program');
    await say(`AUTH PLAIN ${plain(user, password)}`);
    await say('MAIL FROM:<alice@x.onion>');
    await say('RCPT TO:<bob@x.onion>');
    await say('DATA');
    expect(await say('a\nb\r\n.')).toBe('554 5.6.0 Every line must end with CR LF');
    expect(submitted).toEqual([]);
  });
});
