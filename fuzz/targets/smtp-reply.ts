import { PassThrough, type Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { MAX_SMTP_REPLY_BYTES } from '../../electron/core/domain/limits';
import { readQueueRun } from '../../electron/core/smtp/queue-run';
import { ReplyReader } from '../../electron/core/smtp/reply-reader';
import { outcomeOfReply, textOfReply } from '../../electron/core/smtp/send-outcome';
import { claim, claimBounded, claimSame } from '../oracles/claims';
import { cutInPieces, octetTextOf } from '../oracles/texts';

/**
 * What an onion answers to our mail, and an ETRN line of anybody. An answer decides between «try again» and «never»: it
 * means the same however it is cut, and only 5xx is final.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const text = octetTextOf(data);
  const outcome = outcomeOfReply(text);
  claim(outcome.outcome === 'refused' ? text.startsWith('5') : outcome.outcome === 'deferred', 'a reply is misread');
  claimBounded(textOfReply(text), { input: data, times: 1 });
  const node = readQueueRun(data);
  claim(node === undefined || /^[a-z0-9.-]{1,253}$/u.test(node), 'a queue is run for no name');
  claimSame(await codes([...cutInPieces(data)]), await codes([data]), 'replies are others when they come in pieces');
}

/** The codes that the reader finds, until it gives up. */
async function codes(pieces: readonly Uint8Array[]): Promise<number[]> {
  const stream: Duplex = new PassThrough();
  const reader = new ReplyReader(stream as Socket);
  for (const piece of pieces) stream.write(piece);
  stream.end();
  const found: number[] = [];
  for (let code = await reader.next(); code !== undefined; code = await reader.next()) found.push(code);
  claim(found.length <= MAX_SMTP_REPLY_BYTES, 'more replies than octets');
  return found;
}
