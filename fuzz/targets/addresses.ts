import { checkMailAddress, checkTypedAddress } from '../../electron/core/domain/mail-address';
import { parseInner } from '../../electron/core/mime/parse/parse-inner';
import { checkOnionAddress } from '../../electron/core/onion/onion-address-check';
import { MailAddress } from '../../shared/ids';
import { claim, claimSame } from '../oracles/claims';
import { reader } from '../fixtures/reader';
import { textOf } from '../oracles/texts';

/**
 * An address as a header field of a peer has it, and as a person types or pastes it. It names one mailbox that stands
 * there in plain letters, or none, and means the same when it is read again.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const text = textOf(data);
  checkTyped(text);
  const field = text.replaceAll(/[\r\n\0]/gu, ' ').slice(0, 300);
  await checkFrom(field);
  await checkList(field);
}

function checkTyped(text: string): void {
  const typed = checkTypedAddress(text, checkOnionAddress);
  const exact = checkMailAddress(text, checkOnionAddress);
  if (exact.outcome === 'ok') claimSame(typed, exact, 'a good address is another one when it is typed');
  if (typed.outcome !== 'ok') return;
  claimSame(checkMailAddress(typed.address, checkOnionAddress), typed, 'a typed address is not one of the wire');
}

async function checkFrom(field: string): Promise<void> {
  const read = await readLetter(field, reader.address);
  if (read.outcome !== 'parsed') return;
  claim(field.includes(read.from), 'the sender does not stand in the field in plain letters');
  const again = await readLetter(read.from, reader.address);
  claim(again.outcome === 'parsed' && again.from === read.from, 'a sender is another one when it is read again');
}

async function checkList(field: string): Promise<void> {
  const read = await readLetter(reader.address, field);
  if (read.outcome !== 'parsed') return;
  for (const address of read.to) claim(MailAddress.safeParse(address).success, 'a recipient is no address');
  const again = await readLetter(reader.address, read.to.slice(0, 4).join(', '));
  claim(again.outcome === 'parsed', 'recipients that were read cannot be read again');
  claimSame(again.to, read.to.slice(0, 4), 'recipients are others when they are read again');
}

function readLetter(from: string, to: string): Promise<Awaited<ReturnType<typeof parseInner>>> {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    'Date: Sun, 17 May 2026 10:20:30 +0000',
    'Message-ID: <7f0c2f1e-0000-4000-8000-000000000000@example.onion>',
    '',
    '',
  ];
  return Promise.resolve(parseInner(Buffer.from(lines.join('\r\n'))));
}
