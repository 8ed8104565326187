import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_HEADER_CHOICES } from '../domain/client-limits';
import type { ImapAccount } from '../ports/imap';
import { growth, LINEAR } from '../testing/growth';
import { appendMessage, letter } from './testing/append-message';
import { ImapHouse, PASSWORD, USER } from './testing/imap-house';
import { TestAccounts } from './testing/test-account';
import { converse } from './testing/transcript';

let accounts: TestAccounts;
beforeAll(async () => {
  accounts = await TestAccounts.start();
});
afterAll(async () => accounts.stop());

let house: ImapHouse;
beforeEach(async () => {
  house = await ImapHouse.open(accounts.open());
});
afterEach(async () => house.close());

it('refuses more choices of header fields at once than may be in memory', async () => {
  const client = await house.select('INBOX');
  const choices = (count: number): string =>
    Array.from({ length: count }, (_, index) => `BODY.PEEK[HEADER.FIELDS.NOT (x${String(index)})]`).join(' ');
  expect(await client.run(`UID FETCH 1:* (${choices(MAX_HEADER_CHOICES)})`)).toEqual(['OK Done']);
  expect(await client.run(`UID FETCH 1:* (${choices(MAX_HEADER_CHOICES + 1)})`)).toEqual([
    'BAD Too many choices of fields',
  ]);
});

describe('before somebody has logged in', () => {
  it('a literal of 4 GB is refused before it comes, and a large one cuts the connection', async () => {
    const client = await house.connect();
    await converse(
      client,
      'C: a LOGIN {4294967295}\nS: a NO [TOOBIG] …\nC: b LOGIN {99999999999999999999}\nS: b BAD …',
    );
    client.send('c LOGIN {2000+}\r\n');
    expect(await client.next()).toMatch(/^\* BYE \[TOOBIG\]/);
    await client.closed();
  });

  it('a line of 10 MB cuts the connection', async () => {
    const client = await house.connect();
    client.send(`a LOGIN ${'x'.repeat(10_000_000)}`);
    expect(await client.next()).toMatch(/^\* BYE \[TOOBIG\]/);
    await client.closed();
  });

  it('no message can be appended', async () => {
    await converse(await house.connect(), 'C: a APPEND INBOX {100000}\nS: a NO [TOOBIG] …');
  });
});

describe('a client that is logged in', () => {
  it('gets BAD for brackets 10,000 deep', async () => {
    const client = await house.select('INBOX');
    const deep = `${'('.repeat(10_000)}ALL${')'.repeat(10_000)}`;
    expect(await client.run(`SEARCH ${deep}`)).toEqual(['BAD Nested too deep']);
    expect(await client.run(`SEARCH ${'NOT '.repeat(10_000)}ALL`)).toEqual(['BAD Nested too deep']);
    expect(await client.run(`SEARCH ${'ALL '.repeat(1_000)}ALL`)).toEqual(['BAD Too many search keys']);
    expect(await client.run(`FETCH 1 (${'FLAGS '.repeat(2_000)}UID)`)).toEqual(['BAD The list is too long']);
  });

  it('gets an answer for sets with 2^32, of many ranges, and of all numbers', async () => {
    const client = await house.select('INBOX');
    const ranges = Array.from({ length: 10_000 }, (_, index) => String(index + 1)).join(',');
    expect(await client.run(`UID FETCH ${ranges} FLAGS`)).toEqual(['OK Done']);
    expect(await client.run('UID FETCH 1:4294967295 FLAGS')).toEqual(['OK Done']);
    expect(await client.run('UID FETCH 1:4294967296 FLAGS')).toEqual([expect.stringMatching(/^BAD/)]);
    expect(await client.run('UID FETCH 18446744073709551617 FLAGS')).toEqual([expect.stringMatching(/^BAD/)]);
  });

  it.each([
    'FETCH 1 BODY[',
    'FETCH 1 BODY[1..2]',
    'FETCH 1 (FLAGS',
    'STORE 1 FLAGS (',
    'LIST "" "',
    'SEARCH "',
    'UID',
    'UID UID FETCH 1 UID',
  ])('gets BAD for %s', async (command) => {
    expect(await (await house.select('INBOX')).run(command)).toEqual([expect.stringMatching(/^BAD/)]);
  });

  it('may go away in the middle of anything', async () => {
    const client = await house.select('INBOX');
    await appendMessage(client, { text: letter('one') });
    for (const rest of [
      'a IDLE\r\n',
      'a APPEND INBOX {50}\r\n',
      'a APPEND INBOX {50+}\r\nFrom',
      'a FETCH 1:* BODY[]\r\n',
      'a',
    ]) {
      const leaving = await house.select('INBOX');
      leaving.send(rest);
      leaving.socket.end();
      await leaving.closed();
    }
    expect(await client.run('NOOP')).toContain('OK Done');
    expect(house.errors).toEqual([]);
  });

  it('who does not read costs the memory of a few pieces', async () => {
    const client = await house.select('INBOX');
    const size = 2 * 1024 * 1024;
    for (let count = 0; count < 4; count += 1) await appendMessage(client, { text: `A: b\n\n${'x'.repeat(size)}` });
    let read = 0;
    const { account } = house;
    const octets: ImapAccount['octets'] = (o) => original.octets(o);
    const original = { ...account };
    Object.assign(account, {
      octets: (o: Parameters<typeof octets>[0]) => {
        read += o.to - o.from;
        return octets(o);
      },
    });
    const slow = connect(house.port, '127.0.0.1');
    slow.pause();
    slow.write(`a LOGIN ${USER} "${PASSWORD}"\r\nb SELECT INBOX\r\n${'c FETCH 1:* BODY.PEEK[]\r\n'.repeat(20)}`);
    // What another client does meanwhile goes on, however much the slow one has asked for.
    for (let count = 0; count < 50; count += 1) await client.run('NOOP');
    const isStanding = async (): Promise<boolean> => {
      const before = read;
      for (let count = 0; count < 20; count += 1) await client.run('NOOP');
      return before > 0 && read === before;
    };
    while (!(await isStanding()));
    // The system keeps some of it; of 160 MiB the server has read no more than that.
    expect(read).toBeLessThan(16 * size);
    slow.destroy();
  });

  it('gets what is wrong within the program told as SERVERBUG, and goes on', async () => {
    const client = await house.select('INBOX');
    Object.assign(house.account, {
      quota: () => {
        throw new Error('planted');
      },
    });
    expect(await client.run('GETQUOTA ""')).toEqual([expect.stringMatching(/^NO \[SERVERBUG\] /)]);
    expect(await client.run('NOOP')).toEqual(['OK Done']);
    expect(house.errors).toEqual(['imap.command-failed']);
  });
});

it('a search of many keys costs as much as it has keys', async () => {
  const client = await house.select('INBOX');
  for (let count = 0; count < 20; count += 1) await appendMessage(client, { text: letter('aaaa') });
  const cost = await growth((amount) => client.run(`SEARCH ${'OR SEEN '.repeat(10 * amount)}ALL`));
  expect(cost).toBeLessThan(LINEAR);
});
