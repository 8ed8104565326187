import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import { OutsideDomain } from '../../../../shared/gateway/outside-address';
import { writeRelayTag } from '../../domain/gateway/relay-tag';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail, type TestCore } from '../../testing/make-test-core';
import { bring, freePort, startSink, type Sink } from './testing/outside-world';
import { startPostfix, type Postfix } from './testing/start-postfix';

const DAY_MS = 86_400_000;
const canRun = process.getuid?.() === 0 && existsSync('/usr/sbin/postfix');
/** A stranger's machine, for Postfix: it is no part of `mynetworks`. */
const STRANGER = '127.0.0.2';

describe.runIf(canRun)('with a real Postfix, and the lines that are printed for it', () => {
  let network: LoopbackNetwork;
  let alice: TestCore;
  let gregor: TestCore;
  let a: Identity;
  let g: Identity;
  let elsewhere: Sink;
  let postfix: Postfix;
  let smtpPort: number;
  let mtaPort: number;
  let lmtpPort: number;
  let alias: string;

  beforeAll(async () => {
    network = await LoopbackNetwork.start();
    [alice, gregor] = await Promise.all([makeTestCore(network), makeTestCore(network)]);
    [a, g] = [await makeIdentity(alice, 'alice'), await makeIdentity(gregor, 'gateway')];
    await alice.call('contacts.add', { identityId: a.id, address: g.address, name: 'Gregor' });
    elsewhere = await startSink();
    [smtpPort, mtaPort, lmtpPort] = [await freePort(), await freePort(), await freePort()];
    const domain = OutsideDomain.parse('example.org');
    const settings = { isOn: true, domain, lmtpPort, mtaPort };
    await gregor.call('gateway.set', { identityId: g.id, settings });
    const { text } = await gregor.call('gateway.postfixConfig', { identityId: g.id });
    postfix = await startPostfix({ config: text, smtpPort, relayPort: elsewhere.port });
    const told = arrives('You can write');
    const { participants } = await gregor.call('gateway.allow', {
      ...{ identityId: g.id, participant: a.address, until: Date.now() + DAY_MS, lettersADay: 100 },
      repliesOnly: false,
    });
    alias = participants[0]?.aliases[0]?.address ?? '';
    await told;
  });
  afterAll(async () => {
    await postfix.stop();
    await Promise.all([alice.remove(), gregor.remove()]);
    await elsewhere.stop();
    await network.stop();
  });
  beforeEach(() => void elsewhere.taken.splice(0));

  async function arrives(subject: string) {
    const { message } = await alice.when('message.stored', (event) => event.message.subject.includes(subject));
    return alice.call('messages.read', { identityId: a.id, messageId: message.id });
  }

  const letter = (subject: string, ...fields: string[]): string =>
    [
      ...fields,
      'From: carol@example.com',
      `To: ${alias}`,
      `Subject: ${subject}`,
      'Message-ID: <1@example.com>',
      '',
      'Hi',
      '',
    ].join('\r\n');

  const fromStranger = (to: string, octets: string, from = 'carol@example.com'): Promise<string[]> =>
    bring({ port: smtpPort, lmtp: false, localAddress: STRANGER, from, to: [to], octets });

  it('mail goes both ways, and what leaves tells nothing of the machine', async () => {
    const came = arrives('Ripe?');
    expect(await fromStranger(alias, letter('Ripe?', 'Authentication-Results: mx.example.org; dkim=pass'))).toEqual([
      '250',
    ]);
    const read = await came;
    expect(read.text).toContain('From: carol@example.com\n');
    expect(read.text).toContain('did not check where it comes from');
    const out = elsewhere.next();
    await sendMail(alice, a, { to: [g.address], subject: 'Re: Ripe?', inReplyTo: read.summary.id, text: 'Yes.' });
    const { from, to, text } = await out;
    expect({ from, to }).toEqual({ from: alias, to: ['carol@example.com'] });
    expect(text).not.toMatch(
      new RegExp(`${a.onion}|${g.onion}|^Received:|posthorn|127\\.0\\.0|localhost|[+-](?!0000)\\d{4}\\r$`, 'im'),
    );
    expect(text).toMatch(/^In-Reply-To: <1@example\.com>\r$/m);
  });

  it('an alias that is none is refused while its sender is there, and nothing is bounced', async () => {
    expect(await fromStranger('nobody@example.org', letter('x'))).toEqual([expect.stringMatching(/^550 5\.1\.1 /)]);
    expect(elsewhere.taken).toEqual([]);
  });

  it('a notice that mail could not be delivered comes back in words', async () => {
    elsewhere.judge = () => 550;
    const came = arrives('Undelivered');
    await sendMail(alice, a, { to: [writeRelayTag(g.address, 'gone@example.com') ?? ''], subject: 'Lost?' });
    const { text } = await came;
    elsewhere.judge = () => undefined;
    expect(text).toContain('A mail server sent this');
    expect(text).toContain('gone@example.com');
  });

  const victims = [
    'victim@example.com',
    '"victim@example.com"',
    '"victim%example.com"',
    'victim%example.com@example.org',
    'victim%example.com@mx.example.org',
    'victim%example.com@[127.0.0.1]',
    '"victim@example.com"@example.org',
    '"victim@example.com"@[127.0.0.1]',
    '@example.org:victim@example.com',
    '@mx.example.org,@example.org:victim@example.com',
    'example.com!victim',
    'example.com!victim@example.org',
    'example.com!victim@[127.0.0.1]',
    'victim@example.com@example.org',
    'victim@[127.0.0.1]',
  ];
  const senders = [
    '',
    'spam@example.com',
    'root@example.org',
    'root@mx.example.org',
    'root@[127.0.0.1]',
    'root@localhost',
  ];

  it('relays for nobody: every classic form from outside, and by the ports for Posthorn', async () => {
    const forms = senders.flatMap((from) => victims.map((to) => ({ from, to })));
    const accepted: unknown[] = [];
    expect(await isTaken({ from: 'c@example.com', to: alias, port: smtpPort, localAddress: STRANGER })).toBe(true);
    expect(await isTaken({ from: alias, to: 'c@example.com', port: mtaPort })).toBe(true);
    for (const form of forms) {
      if (await isTaken({ ...form, port: smtpPort, localAddress: STRANGER })) accepted.push(['smtp', form]);
      if (await isTaken({ ...form, port: lmtpPort, greeting: 'LHLO' })) accepted.push(['lmtp', form]);
    }
    // The port that takes what Posthorn sends is for this machine, and for senders of the domain.
    for (const to of victims)
      for (const from of ['', 'spam@example.com'])
        if (await isTaken({ from, to, port: mtaPort })) accepted.push(['from-posthorn', { from, to }]);
    expect(accepted).toEqual([]);
    expect(elsewhere.taken).toEqual([]);
  });

  it('no second letter is smuggled in by what only looks like the end of one', async () => {
    const ends = [
      '\n.\n',
      '\n.\r\n',
      '\r\n.\n',
      '\r.\r',
      '\r\n.\r',
      '\r.\r\n',
      '\n\n.\n',
      '\r\n\0.\r\n',
      '\r\n.\0\r\n',
      '\n\r.\n\r',
      '\r\n.\r\r\n',
      '\r\r\n.\r\r\n',
    ];
    const second =
      'MAIL FROM:<admin@example.org>\r\nRCPT TO:<ALIAS>\r\nDATA\r\nFrom: admin@example.org\r\nSubject: smuggled\r\n\r\nx';
    for (const [index, end] of ends.entries()) {
      const octets = `From: carol@example.com\r\nSubject: carrier ${String(index)}\r\n\r\nx${end}${second.replace('ALIAS', alias)}`;
      await say({ port: smtpPort, localAddress: STRANGER, from: 'carol@example.com', to: alias, octets });
      await say({ port: lmtpPort, greeting: 'LHLO', from: 'carol@example.com', to: alias, octets });
    }
    const last = arrives('the last');
    await fromStranger(alias, letter('the last'));
    await last;
    const { messages } = await alice.call('messages.page', { identityId: a.id, folder: 'inbox', limit: 500 });
    expect(messages.filter(({ subject }) => subject.includes('smuggled'))).toEqual([]);
    expect(messages.filter(({ subject }) => subject.includes('carrier')).length).toBeGreaterThan(0);
  });
});

type Said = { port: number; localAddress?: string; greeting?: string; from: string; to: string };

/** Whether a server takes this recipient. */
async function isTaken(o: Said): Promise<boolean> {
  const replies = await talk(o, [`MAIL FROM:<${o.from}>`, `RCPT TO:<${o.to}>`, 'QUIT']);
  return /^250/.test(replies[0] ?? '') && /^25/.test(replies[1] ?? '');
}

/** Sends these octets as they are, with a proper end behind them. */
async function say(o: Said & { readonly octets: string }): Promise<void> {
  await talk(o, [`MAIL FROM:<${o.from}>`, `RCPT TO:<${o.to}>`, 'DATA', `${o.octets}\r\n.`, 'QUIT']);
}

/** Says each line when the reply to the one before has come; answers the replies behind the greeting's. */
async function talk({ port, localAddress, greeting = 'EHLO' }: Said, lines: readonly string[]): Promise<string[]> {
  const socket = connect({ host: '127.0.0.1', port, ...(localAddress === undefined ? {} : { localAddress }) });
  socket.on('error', () => undefined);
  const replies: string[] = [];
  const left = [`${greeting} stranger.example.com`, ...lines];
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    for (
      let reply = /^(\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(heard);
      reply;
      reply = /^(\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(heard)
    ) {
      heard = heard.slice(reply[0].length);
      replies.push(reply[0]);
      const next = left.shift();
      if (next !== undefined) socket.write(Buffer.from(`${next}\r\n`, 'latin1'));
    }
  });
  await once(socket, 'close');
  return replies.slice(2);
}
