import type { ListCrypto } from '../../domain/lists/entry';
import { fromBase64, toBase64 } from '../control/base64';
import type { Services } from '../mailbox';

/** What the rules of lists need of the services. */
export function listCrypto({ custodyCrypto }: Pick<Services, 'custodyCrypto'>): ListCrypto {
  return {
    sha256: (of) => custodyCrypto.digestNow(of),
    verify: (o) => custodyCrypto.verify(o),
    toOctets: (text) => new TextEncoder().encode(text),
    toText: (octets) => {
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
      } catch {
        return undefined;
      }
    },
    toBase64,
    fromBase64,
  };
}
