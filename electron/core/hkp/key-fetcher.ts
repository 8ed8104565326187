import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { MailAddress } from '../../../shared/ids';
import { HKP_TIMEOUT_MS, MAX_HKP_REQUEST_BYTES, MAX_KEY_BLOCK_BYTES } from '../domain/limits';
import type { KeyFetcher, KeyFetchOutcome } from '../ports/key-servers';
import type { DialFailure } from '../ports/onion';
import type { Clock } from '../ports/runtime';

type Question = Parameters<KeyFetcher['fetch']>[0];
type Reason = Extract<KeyFetchOutcome, { outcome: 'unreachable' }>['reason'];
type Settle = (outcome: KeyFetchOutcome) => void;

const notFound: KeyFetchOutcome = { outcome: 'not-found' };
const unreachable = (reason: Reason): KeyFetchOutcome => ({ outcome: 'unreachable', reason });

/**
 * Asks for the key of an address over a connection that somebody else dials, and over nothing else: no name is looked up here, no redirect is
 * followed, the answer is bounded in size and, by `clock`, in time. What comes back is not trusted by anybody until its onion certification is
 * verified.
 */
export function createKeyFetcher({ clock }: { clock: Clock }): KeyFetcher {
  return { fetch: (question) => ask(clock, question) };
}

function ask(clock: Clock, { address, dial, signal }: Question): Promise<KeyFetchOutcome> {
  if (signal?.aborted) return Promise.resolve(unreachable('interrupted'));
  return new Promise((resolve) => {
    let hangUp: () => void = () => undefined;
    let isSettled = false;
    const settle: Settle = (outcome) => {
      isSettled = true;
      cancel();
      signal?.removeEventListener('abort', interrupt);
      resolve(outcome);
      hangUp();
    };
    const interrupt = (): void => settle(unreachable('interrupted'));
    signal?.addEventListener('abort', interrupt, { once: true });
    const cancel = clock.setTimer(HKP_TIMEOUT_MS, () => settle(unreachable('timed-out')));
    dial().then((dialled) => {
      if (dialled.outcome === 'failed') return settle(unreachable(reasonOf(dialled.failure)));
      hangUp = () => { dialled.socket.destroy(); };
      // A connection that came too late is of no use.
      return isSettled ? hangUp() : putQuestion(dialled.socket, { address, settle });
    }, interrupt);
  });
}

function putQuestion(socket: Socket, { address, settle }: { address: MailAddress; settle: Settle }): void {
  socket.on('error', () => undefined);
  const asked = request({
    createConnection: () => socket,
    // Else it would be named in the header.
    defaultPort: 80,
    host: address.slice(address.lastIndexOf('@') + 1),
    path: `/pks/lookup?op=get&options=mr&search=${encodeURIComponent(address)}`,
    headers: { Accept: 'application/pgp-keys' },
    maxHeaderSize: MAX_HKP_REQUEST_BYTES,
  });
  asked.on('error', () => settle(unreachable('interrupted')));
  asked.on('response', (response) => readAnswer(response, settle));
  asked.end();
}

function readAnswer(response: IncomingMessage, settle: Settle): void {
  const status = response.statusCode ?? 0;
  if (status >= 500) return settle(unreachable('busy'));
  if (status !== 200) return settle(notFound);
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_KEY_BLOCK_BYTES) settle(notFound);
  });
  response.on('error', () => settle(unreachable('interrupted')));
  response.on('end', () => settle(length === 0 ? notFound : { outcome: 'found', block: new Uint8Array(Buffer.concat(chunks)) }));
}

function reasonOf(failure: DialFailure): Reason {
  if (failure === 'no-service') return 'no-mail-service';
  return failure === 'timed-out' ? 'timed-out' : 'offline';
}
