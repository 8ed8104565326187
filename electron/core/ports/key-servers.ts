import type { Fingerprint, MailAddress, OnionHost } from '../../../shared/ids';
import type { DeliveryReason } from '../../../shared/message';
import type { CircuitPlace, Isolation } from './onion';
import type { LocalServer } from './local-server';

export type KeyFetchOutcome =
  | { readonly outcome: 'found'; readonly block: Uint8Array }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'unreachable'; readonly reason: DeliveryReason };

/** HKP on port 80 of every onion (PROTOCOL.md 6). */
export type KeyServers = {
  /** Serves one armored key to every request for its address, onion or fingerprint. */
  start(o: { address: MailAddress; fingerprint: () => Fingerprint; key: () => Promise<string> }): Promise<LocalServer>;
};

export type KeyFetcher = {
  /**
   * `at`: the onion to ask: that of the address, or the onion of a private contact. `place`: waits for one. `signal`
   * breaks the question off: a profile that is being locked does not wait for a slow onion.
   */
  fetch(o: {
    address: MailAddress;
    at: OnionHost;
    isolation: Isolation;
    place: () => Promise<CircuitPlace | undefined>;
    signal?: AbortSignal;
  }): Promise<KeyFetchOutcome>;
};
