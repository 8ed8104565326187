import { afterEach, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../domain/limits';
import { SmtpPeer, throughTarpit } from '../testing/smtp-peer';
import { alice, aliceOnion, bob, bobOnion, startTestListener, type TestListener } from '../testing/test-listener';

const listeners: TestListener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map(({ server }) => server.stop()));
});

type Line = readonly [says: string, reply: RegExp];

async function listening(): Promise<TestListener> {
  const listener = await startTestListener();
  listeners.push(listener);
  return listener;
}

/** Says the lines, each after the reply to the one before. */
async function converse(lines: readonly Line[], o: { greets?: boolean } = {}): Promise<TestListener> {
  const listener = await listening();
  const peer = await SmtpPeer.connected(listener.port);
  await peer.reply();
  if (o.greets !== false) await peer.ask(`EHLO ${aliceOnion}`);
  for (const [says, reply] of lines)
    expect(`${says} -> ${await throughTarpit(listener.clock, peer.ask(says))}`).toMatch(
      new RegExp(`-> ${reply.source}`),
    );
  peer.close();
  return listener;
}

const MAIL: Line = [`MAIL FROM:<${alice}>`, /250 2\.1\.0 /];
const RCPT: Line = [`RCPT TO:<${bob}>`, /250 2\.1\.5 /];
const DATA: Line = ['DATA', /354 /];

/** PROTOCOL.md 4: every command, and what is said to it. */
describe('MAIL', () => {
  it.each<Line>([
    [`MAIL FROM:<${alice}>`, /250 2\.1\.0 /],
    ['MAIL FROM:<>', /250 2\.1\.0 /],
    [`mail from:<${alice}>`, /250 /],
    [`Mail From: <${alice}>`, /250 /],
    [`MAIL FROM :<${alice}>`, /250 /],
    [`MAIL  FROM : <${alice}>   `, /250 /],
    ['MAIL FROM: <>', /250 /],
    ['MAIL FROM :<> SIZE=100', /250 /],
    [`MAIL FROM:<@relay.example:${alice}>`, /250 /],
    [`MAIL FROM:<@one.example,@two.example:${alice}>`, /250 /],
    [`MAIL FROM:<"alice"@${aliceOnion}>`, /250 /],
    [`MAIL FROM:<"al\\ice"@${aliceOnion}>`, /250 /],
    [`MAIL FROM:<${alice}> SIZE=100 BODY=8BITMIME SMTPUTF8`, /250 /],
    [`MAIL FROM:<${alice}> body=7bit size=0`, /250 /],
    [`MAIL FROM:<${alice}>  BODY=7BIT`, /250 /],
    [`MAIL FROM:<${alice}> SIZE=${String(MAX_MESSAGE_BYTES)}`, /250 /],
    [`MAIL FROM:<${alice}> SIZE=${String(MAX_MESSAGE_BYTES + 1)}`, /552 5\.3\.4 /],
    [`MAIL FROM:<${alice}> SIZE=99999999999999999999`, /552 5\.3\.4 /],
    // Syntax of parameters, and those that stand twice.
    [`MAIL FROM:<${alice}> SIZE=999999999999999999999`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=-1`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=1e3`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=+31`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=1=2`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> BODY=BINARYMIME`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> BODY`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SMTPUTF8=yes`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=1 SIZE=1`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=1 size=2`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SMTPUTF8 SMTPUTF8`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> =1`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> -A=1`, /501 5\.5\.4 /],
    [`MAIL FROM:<${alice}> A_B=1`, /501 5\.5\.4 /],
    // What was not offered.
    [`MAIL FROM:<${alice}> RET=HDRS FOO=BAR`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> FOO`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> RET=HDRS`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> ENVID=x`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> AUTH=<>`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> REQUIRETLS`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> BY=120;R`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> SIZE=1 HOLDFOR=60`, /555 5\.5\.4 /],
    ['MAIL FROM:<> RET=FULL', /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> constructor`, /555 5\.5\.4 /],
    [`MAIL FROM:<${alice}> __proto__=1`, /501 5\.5\.4 /],
    // Paths.
    ['MAIL', /501 5\.1\.7 /],
    ['MAIL FROM:', /501 5\.1\.7 /],
    [`MAIL FROM:${alice}`, /501 5\.1\.7 /],
    [`MAIL FROM:<${alice}`, /501 5\.1\.7 /],
    [`MAIL FROM:<${alice}>SIZE=1`, /501 5\.1\.7 /],
    [`MAIL FROM:<< ${alice}>>`, /501 5\.1\.7 /],
    [`MAIL FROM:<@relay.example>`, /501 5\.1\.7 /],
    [`MAIL FROM:<alice@${aliceOnion}@${bobOnion}>`, /501 5\.1\.7 /],
    [`MAIL TO:<${alice}>`, /501 5\.1\.7 /],
    ['MAIL FROM:<x@example.com>', /553 5\.1\.7 /],
    [`MAIL FROM:<"two words"@${aliceOnion}>`, /553 5\.1\.7 /],
    [`MAIL FROM:<"a@b"@${aliceOnion}>`, /553 5\.1\.7 /],
  ])('%s', async (says, reply) => {
    await converse([[says, reply]]);
  });

  it('is asked for a greeting first, and comes once a transaction', async () => {
    await converse([[`MAIL FROM:<${alice}>`, /503 /]], { greets: false });
    await converse([MAIL, [`MAIL FROM:<${alice}>`, /503 /], RCPT, DATA]);
  });

  it('that was refused begins nothing', async () => {
    await converse([
      [`MAIL FROM:<${alice}> FOO`, /555 /],
      [`RCPT TO:<${bob}>`, /503 /],
      ['DATA', /503 /],
    ]);
  });
});

describe('RCPT', () => {
  it.each<Line>([
    [`RCPT TO:<${bob}>`, /250 2\.1\.5 /],
    [`rcpt to: <${bob}>`, /250 /],
    [`RCPT TO :<${bob}>  `, /250 /],
    [`RCPT TO:<"bob"@${bobOnion}>`, /250 /],
    [`RCPT TO:<@relay.example:${bob}>`, /250 /],
    [`RCPT TO:<bob+tag@${bobOnion}>`, /250 /],
    [`RCPT TO:<${bob}> NOTIFY=SUCCESS`, /555 5\.5\.4 /],
    [`RCPT TO:<${bob}> NOTIFY=NEVER ORCPT=rfc822;x`, /555 5\.5\.4 /],
    [`RCPT TO:<${bob}> SIZE=1`, /555 5\.5\.4 /],
    [`RCPT TO:<${bob}> RRVS=2014-04-03T23:01:00Z`, /555 5\.5\.4 /],
    [`RCPT TO:<${bob}> ==`, /501 5\.5\.4 /],
    ['RCPT TO:<>', /501 5\.1\.3 /],
    ['RCPT', /501 5\.1\.3 /],
    [`RCPT TO:${bob}`, /501 5\.1\.3 /],
    [`RCPT FROM:<${bob}>`, /501 5\.1\.3 /],
    // The same for every name, postmaster included (PROTOCOL.md 4).
    ['RCPT TO:<postmaster>', /550 5\.1\.1 No such mailbox here$/],
    ['RCPT TO:<Postmaster>', /550 5\.1\.1 No such mailbox here$/],
    [`RCPT TO:<postmaster@${bobOnion}>`, /550 5\.1\.1 No such mailbox here$/],
    [`RCPT TO:<"post master"@${bobOnion}>`, /550 5\.1\.1 No such mailbox here$/],
    ['RCPT TO:<x@[127.0.0.1]>', /550 5\.1\.1 No such mailbox here$/],
  ])('%s', async (says, reply) => {
    await converse([MAIL, [says, reply]]);
  });

  it('that was refused leaves the transaction as it was', async () => {
    await converse([MAIL, RCPT, [`RCPT TO:<${bob}> NOTIFY=NEVER`, /555 /], DATA, ['x\r\n.', /250 2\.0\.0 Stored/]]);
  });
});

describe('other commands', () => {
  it.each<Line>([
    ['HELO x', /250 /],
    ['ehlo x', /250-/],
    ['EHLO [127.0.0.1]', /250-/],
    ['EHLO', /501 /],
    ['HELO', /501 /],
    ['EHLO two words', /501 /],
    ['EHLO a\tb', /501 /],
    ['DATA', /503 /],
    ['DATA now', /501 5\.5\.4 /],
    ['RSET', /250 /],
    ['rset', /250 /],
    ['RSET all', /501 5\.5\.4 /],
    ['NOOP', /250 /],
    ['NOOP what', /250 /],
    ['VRFY bob', /252 /],
    ['EXPN list', /502 /],
    ['HELP', /214 /],
    ['ETRN x.example', /250 2\.0\.0 OK/],
    ['ETRN', /501 5\.5\.4 /],
    ['AUTH PLAIN', /500 /],
    ['STARTTLS', /500 /],
    ['BDAT 10 LAST', /500 /],
    ['TURN', /500 /],
    ['SEND FROM:<x>', /500 /],
    ['', /500 /],
    ['QUIT now', /501 5\.5\.4 /],
    ['QUIT', /221 /],
  ])('%s', async (says, reply) => {
    await converse([[says, reply]]);
  });

  it('RSET in the middle, and a new greeting, forget the mail', async () => {
    await converse([MAIL, RCPT, ['RSET', /250 /], ['DATA', /503 /], [`RCPT TO:<${bob}>`, /503 /], MAIL, RCPT, DATA]);
    await converse([MAIL, RCPT, ['EHLO x', /250-/], ['DATA', /503 /]]);
  });

  it('a line that is too long ends the connection for good, and nothing after it is read', async () => {
    const { port, received } = await listening();
    const peer = await SmtpPeer.introduced(port, aliceOnion);
    const after = `MAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nx\r\n.\r\n`;
    peer.write(`NOOP ${'x'.repeat(4_000)}\r\n${after}`);
    expect(await peer.rest()).toEqual(['500 5.5.2 The command line is too long', '421 4.7.0 Too many errors']);
    expect(received).toEqual([]);
  });

  it('commands sent behind DATA are content and no commands', async () => {
    const { port, received } = await listening();
    const peer = await SmtpPeer.introduced(port, aliceOnion);
    const one = `MAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\n`;
    peer.write(`${one}RSET\r\n${one}x\r\n.\r\nQUIT\r\n`);
    const said = await peer.rest();
    expect(said.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '354', '250', '221']);
    expect(received.map(({ raw }) => Buffer.from(raw).toString('latin1'))).toEqual([`RSET\r\n${one}x\r\n`]);
  });
});
