import { expect, it } from 'vitest';
import { MailAddress } from '../../shared/ids';
import { senderAddress, senderName } from './address-text';

const from = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);

it.each([
  [undefined, 'Alice', from],
  ['Bob <bob@example.com>', 'Bob <bob@example.com>', 'Bob <bob@example.com>'],
  ['', 'Unknown sender', 'Unknown sender'],
])('a message by %j is never shown as one of our own', (written, name, address) => {
  const message = { from, ...(written === undefined ? {} : { writtenFrom: written }) };
  expect([senderName(message, () => 'Alice'), senderAddress(message)]).toEqual([name, address]);
});
