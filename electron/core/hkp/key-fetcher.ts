import { request, type IncomingMessage } from 'node:http';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { HKP_TIMEOUT_MS, MAX_HKP_REQUEST_BYTES } from '../domain/limits';
import { MAX_KEY_BLOCK_BYTES } from '../domain/key-limits';
import type { KeyFetcher, KeyFetchOutcome } from '../ports/key-servers';
import type { CircuitPlace, Isolation, SocksProxy } from '../ports/onion';
import type { Clock } from '../ports/runtime';

/** HKP port of every onion (PROTOCOL.md 6). */
const HKP_PORT = 80;

type Question = Parameters<KeyFetcher['fetch']>[0];
type Settle = (outcome: KeyFetchOutcome) => void;
type Reason = Extract<KeyFetchOutcome, { outcome: 'unreachable' }>['reason'];

const notFound: KeyFetchOutcome = { outcome: 'not-found' };
const unreachable = (reason: Reason): KeyFetchOutcome => ({ outcome: 'unreachable', reason });

/**
 * Asks the onion of an address for the key of that address, through tor's SOCKS port and nowhere else: the name goes to
 * the proxy unresolved, no redirect is followed, the answer is bounded in size and, by `clock`, in time. What comes
 * back is not trusted until its onion certification is verified.
 */
export function createKeyFetcher({ clock }: { clock: Clock }): KeyFetcher {
  return { fetch: (question) => ask(clock, question) };
}

function ask(clock: Clock, question: Question): Promise<KeyFetchOutcome> {
  const { place, signal } = question;
  if (signal?.aborted) return Promise.resolve(unreachable('interrupted'));
  return new Promise((resolve) => {
    let hangUp: (() => void) | undefined;
    let isSettled = false;
    const settle: Settle = (outcome) => {
      isSettled = true;
      cancel();
      signal?.removeEventListener('abort', interrupt);
      resolve(outcome);
      hangUp?.();
    };
    const interrupt = (): void => settle(unreachable('interrupted'));
    signal?.addEventListener('abort', interrupt, { once: true });
    const cancel = clock.setTimer(HKP_TIMEOUT_MS, () => settle(unreachable('timed-out')));
    place().then((taken) => {
      if (!taken) return settle(unreachable('offline'));
      // A place that came too late is of no use.
      if (isSettled) return taken.leave();
      hangUp = putQuestion(taken, { question, settle });
    }, interrupt);
  });
}

/** Answers the function that hangs up. */
function putQuestion(
  { proxy, leave }: CircuitPlace,
  { question, settle }: { question: Question; settle: Settle },
): () => void {
  const { address, at, isolation } = question;
  const agent = new SocksProxyAgent(proxyUrl(isolation, proxy), {
    timeout: HKP_TIMEOUT_MS,
    keepAlive: false,
    socketOptions: socketOf(proxy),
  });
  const asked = request({
    agent,
    host: at,
    port: HKP_PORT,
    path: `/pks/lookup?op=get&options=mr&search=${encodeURIComponent(address)}`,
    headers: { Accept: 'application/pgp-keys' },
    maxHeaderSize: MAX_HKP_REQUEST_BYTES,
  });
  // The stream is open, so another dial may have the place.
  asked.on('socket', leave);
  asked.on('error', (error) => settle(unreachable(reasonOf(error))));
  asked.on('response', (response) => readAnswer(response, settle));
  asked.end();
  return () => {
    leave();
    asked.destroy();
    agent.destroy();
  };
}

function proxyUrl({ user, password }: Isolation, proxy: SocksProxy): string {
  const at = 'path' in proxy ? '127.0.0.1:1' : `${proxy.host}:${String(proxy.port)}`;
  return `socks5h://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${at}`;
}

/** A path goes before the host and port of the URL, which then mean nothing. */
function socketOf(proxy: SocksProxy): object {
  return 'path' in proxy ? { path: proxy.path } : {};
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
  response.on('end', () =>
    settle(length === 0 ? notFound : { outcome: 'found', block: new Uint8Array(Buffer.concat(chunks)) }),
  );
}

/** The proxy's words for what went wrong; tor's own extended codes come as none at all. */
function reasonOf({ message }: Error): Reason {
  if (/rejected connection - ConnectionRefused/.test(message)) return 'no-mail-service';
  if (/timed out|rejected connection - TTLExpired/i.test(message)) return 'timed-out';
  return /rejected connection|^connect E/.test(message) ? 'offline' : 'interrupted';
}
