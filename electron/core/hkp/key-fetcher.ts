import { request, type IncomingMessage } from 'node:http';
import { SocksProxyAgent } from 'socks-proxy-agent';
import type { MailAddress, OnionHost } from '../../../shared/ids';
import { HKP_TIMEOUT_MS, MAX_HKP_REQUEST_BYTES, MAX_KEY_BLOCK_BYTES } from '../domain/limits';
import type { Clock, Isolation, KeyFetcher, KeyFetchOutcome, SocksProxy } from '../ports';

/** HKP port of every onion (PROTOCOL.md 6). */
const HKP_PORT = 80;

type Question = { readonly address: MailAddress; readonly at?: OnionHost; readonly isolation: Isolation; readonly proxy: SocksProxy; readonly signal?: AbortSignal };
type Reason = Extract<KeyFetchOutcome, { outcome: 'unreachable' }>['reason'];

const notFound: KeyFetchOutcome = { outcome: 'not-found' };
const unreachable = (reason: Reason): KeyFetchOutcome => ({ outcome: 'unreachable', reason });

/**
 * Asks the onion of an address for the key of that address, through tor's SOCKS port and nowhere else: the name goes to
 * the proxy unresolved, no redirect is followed, the answer is bounded in size and, by `clock`, in time. What comes back
 * is not trusted by anybody until its onion certification is verified.
 */
export function createKeyFetcher({ clock }: { clock: Clock }): KeyFetcher {
  return { fetch: (question) => ask(clock, question) };
}

function ask(clock: Clock, { address, at, isolation, proxy, signal }: Question): Promise<KeyFetchOutcome> {
  if (signal?.aborted) return Promise.resolve(unreachable('interrupted'));
  return new Promise((resolve) => {
    const agent = new SocksProxyAgent(proxyUrl(isolation, proxy), { timeout: HKP_TIMEOUT_MS, keepAlive: false });
    const asked = request({
      agent,
      host: at ?? address.slice(address.lastIndexOf('@') + 1),
      port: HKP_PORT,
      path: `/pks/lookup?op=get&options=mr&search=${encodeURIComponent(address)}`,
      headers: { Accept: 'application/pgp-keys' },
      maxHeaderSize: MAX_HKP_REQUEST_BYTES,
    });
    const settle = (outcome: KeyFetchOutcome): void => {
      cancel();
      signal?.removeEventListener('abort', interrupt);
      resolve(outcome);
      asked.destroy();
      agent.destroy();
    };
    const interrupt = (): void => settle(unreachable('interrupted'));
    signal?.addEventListener('abort', interrupt, { once: true });
    const cancel = clock.setTimer(HKP_TIMEOUT_MS, () => settle(unreachable('timed-out')));
    asked.on('error', (error) => settle(unreachable(reasonOf(error))));
    asked.on('response', (response) => readAnswer(response, settle));
    asked.end();
  });
}

function proxyUrl({ user, password }: Isolation, { host, port }: SocksProxy): string {
  return `socks5h://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${String(port)}`;
}

function readAnswer(response: IncomingMessage, settle: (outcome: KeyFetchOutcome) => void): void {
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

/** The proxy's words for what went wrong; tor's own extended codes come as none at all. */
function reasonOf({ message }: Error): Reason {
  if (/rejected connection - ConnectionRefused/.test(message)) return 'no-mail-service';
  if (/timed out|rejected connection - TTLExpired/i.test(message)) return 'timed-out';
  return /rejected connection|^connect E/.test(message) ? 'offline' : 'interrupted';
}
