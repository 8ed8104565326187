import { connect, createSecureContext, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ImapClient } from '../../testing/imap-client';
import { ImapHouse, PASSWORD, USER } from '../../testing/imap-house';
import { TestAccounts } from '../../testing/test-account';
import { converse } from '../../testing/transcript';

/** TLS without a certificate, which needs no file: who is there is not what is tested. */
const anonymous = { ciphers: 'AECDH-AES256-SHA:@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;

let accounts: TestAccounts;
beforeAll(async () => {
  accounts = await TestAccounts.start();
});
afterAll(async () => accounts.stop());

let house: ImapHouse;
beforeEach(async () => {
  house = await ImapHouse.open(accounts.open(), { secureContext: createSecureContext(anonymous) });
});
afterEach(async () => house.close());

it('STARTTLS encrypts what follows, and is offered no more then', async () => {
  const client = await house.connect();
  expect(await client.run('CAPABILITY')).toEqual([expect.stringMatching(/ STARTTLS$/), 'OK These are all']);
  expect(await client.run('STARTTLS')).toEqual(['OK Begin TLS']);
  client.socket.removeAllListeners('data');
  const secure = await new Promise<TLSSocket>((resolve, reject) => {
    const socket = connect(
      { ...anonymous, socket: client.socket, rejectUnauthorized: false, checkServerIdentity: () => undefined },
      () => resolve(socket),
    );
    socket.on('error', reject);
  });
  const encrypted = ImapClient.over(secure);
  expect((await encrypted.run('CAPABILITY'))[0]).not.toContain('STARTTLS');
  expect(await encrypted.run('STARTTLS')).toEqual([expect.stringMatching(/^BAD/)]);
  expect(await encrypted.run(`LOGIN ${USER} "${PASSWORD}"`)).toEqual([expect.stringMatching(/^OK/)]);
});

it('nothing that stood behind STARTTLS in plain text is ever done', async () => {
  const client = await house.connect();
  client.send('a STARTTLS\r\nb LOGIN x y\r\n');
  expect([await client.next(), await client.next()]).toEqual([
    '* BYE Commands stood behind STARTTLS',
    'a BAD Nothing may stand behind STARTTLS',
  ]);
  expect(await client.closed()).toBe('');
});

it('STARTTLS is not to be had without a certificate', async () => {
  const plain = await ImapHouse.open(accounts.open());
  await converse(await plain.connect(), 'C: a STARTTLS\nS: a BAD TLS is not to be had here');
  await plain.close();
});
