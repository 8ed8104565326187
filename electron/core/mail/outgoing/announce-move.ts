import { refused } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import type { MessageSummary } from '../../../../shared/message';
import { dayTime } from '../../domain/published-time';
import { moveText } from '../../domain/introduction';
import type { IdentityKeys, PublicKeyBlock } from '../../ports/keys';
import type { Mailbox, Services } from '../mailbox';
import { submitEnclosed } from './submit-enclosed';
import { requireContact } from '../contacts/require-contact';

/**
 * Tells contacts that the person of one identity moves to another identity of theirs. Each key certifies the other, so
 * that a thief of one key cannot claim a move to or from another person's address. The contacts who are told can link
 * the two identities from then on. Throws `contact-unknown`, and `trust-refused` for one and the same identity.
 */
export async function announceMove(
  services: Pick<Services, 'clock' | 'random' | 'pgp' | 'onionKeys'>,
  from: Mailbox,
  to: Pick<Mailbox, 'identity'>,
  contactIds: readonly ContactId[],
): Promise<MessageSummary[]> {
  const [old, next] = [from.identity(), to.identity()];
  if (old.id === next.id)
    throw refused('trust-refused', 'same-identity', 'An identity cannot move to itself. Nothing was sent.');
  const contacts = contactIds.map((id) => requireContact(from, id));
  const now = dayTime({ now: services.clock.now() });
  const enclosures = {
    keyBlocks: [
      await certifiedBy(services, { by: old.keys, subject: next.keys.publicKey, now }),
      await certifiedBy(services, { by: next.keys, subject: old.keys.publicKey, now }),
    ],
    movedTo: next.address,
  };
  return Promise.all(
    contacts.map(({ address }) =>
      submitEnclosed(services, from, {
        to: address,
        subject: 'I am moving to a new address',
        text: moveText(next.address),
        enclosures,
      }),
    ),
  );
}

async function certifiedBy(
  services: Pick<Services, 'pgp'>,
  o: { by: IdentityKeys; subject: PublicKeyBlock; now: number },
): Promise<PublicKeyBlock> {
  const { by, subject, now } = o;
  const certification = await services.pgp.certify({
    secretKey: by.secretKey,
    subject,
    level: 'positive',
    exportable: true,
    now,
  });
  return services.pgp.withCertifications({ block: subject, bodies: [certification.body] });
}
