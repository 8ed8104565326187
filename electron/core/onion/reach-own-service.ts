import type { Onion } from '../ports/onion';
import type { Random } from '../ports/runtime';
import type { ClientAuthorisations } from './client-authorisations';
import type { SelfCheckTarget } from './self-check';

const DIAL_MS = 90_000;

type Reaching = {
  readonly dial: Onion['dial'];
  readonly random: Random;
  readonly authorisations: ClientAuthorisations;
};

/**
 * Whether a stream through tor reaches a service of ours: the only proof that others can. For one that admits only
 * clients, tor gets our own key while the check runs: the service may have shut out the key that tor has for it.
 */
export async function reachOwnService(
  { authorisations, ...o }: Reaching,
  { host, port, authKey }: SelfCheckTarget,
): Promise<boolean> {
  const before = authorisations.keyOf(host);
  if (authKey) authorisations.authorise(host, authKey);
  const dialled = await o.dial({
    host,
    port,
    isolation: { user: 'self-check', password: o.random.uuid() },
    timeoutMs: DIAL_MS,
  });
  if (authKey && authorisations.keyOf(host) === authKey) authorisations.authorise(host, before);
  if (dialled.outcome === 'connected') dialled.socket.destroy();
  return dialled.outcome === 'connected';
}
