import type { TrustGraph } from '../../../../shared/trust';
import { MAX_GRAPH_KEYS } from '../../domain/key-limits';
import { drawGraph } from '../../domain/trust/trust-graph';
import { readCertifications } from './read-certifications';
import type { Mailbox, Services } from '../mailbox';

/** The web of trust around an identity, nearest keys first. */
export async function drawTrust(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust'>,
  limit: number,
): Promise<TrustGraph> {
  if (!mailbox.trust.result()) await mailbox.trust.refresh();
  const { address, keys } = mailbox.identity();
  const own = { fingerprint: keys.fingerprint, address, isContact: false };
  const contacts = new Map(mailbox.contacts.all().map((contact) => [contact.address, contact.fingerprint]));
  // Of a contact the key that they have now; those before are in the ring, too.
  const others = mailbox.keyring
    .keys()
    .filter((key) => (contacts.get(key.address) ?? key.fingerprint) === key.fingerprint);
  return drawGraph({
    own: keys.fingerprint,
    keys: [
      own,
      ...others.map((key) => ({
        fingerprint: key.fingerprint,
        address: key.address,
        isContact: contacts.has(key.address),
      })),
    ],
    certifications: await readCertifications(mailbox),
    result: mailbox.trust.result() ?? { validities: new Map() },
    now: services.clock.now(),
    limit: Math.min(limit, MAX_GRAPH_KEYS),
  });
}
