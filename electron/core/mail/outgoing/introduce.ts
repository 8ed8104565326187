import { refused } from '../../../../shared/errors';
import type { ContactId } from '../../../../shared/ids';
import type { MessageSummary } from '../../../../shared/message';
import type { PublicKeyBlock } from '../../ports/keys';
import type { StoredContact } from '../../ports/storage/mail-records';
import { dayTime } from '../../domain/published-time';
import { introductionText, localPartOf } from '../../domain/introduction';
import type { Mailbox, Services } from '../mailbox';
import { submitEnclosed } from './submit-enclosed';
import { requireContact } from '../contacts/require-contact';
import { DAY_MS } from '../../domain/time';

type IntroduceServices = Pick<Services, 'clock' | 'random' | 'pgp' | 'mime' | 'onionKeys'>;

/** An introduction is believed for a year: it cannot be taken back from where it was sent. */
const LIFETIME_MS = 365 * DAY_MS;

/**
 * Sends each of two contacts the other's address and key with the user's certification on it, as a vCard for any
 * program and as a key inside the seal. The user's private names for them are not sent. Throws `contact-unknown`, and
 * `trust-refused` unless both have been verified.
 */
export async function introduce(
  services: IntroduceServices,
  mailbox: Mailbox,
  o: { readonly first: ContactId; readonly second: ContactId; readonly note: string },
): Promise<MessageSummary[]> {
  const first = requireVerified(mailbox, o.first);
  const second = requireVerified(mailbox, o.second);
  if (first.id === second.id)
    throw refused('trust-refused', 'same-person', 'A person cannot be introduced to themselves. Nothing was sent.');
  return [
    await sendCard(services, mailbox, { to: first, about: second, note: o.note }),
    await sendCard(services, mailbox, { to: second, about: first, note: o.note }),
  ];
}

type Verified = StoredContact & { readonly publicKey: PublicKeyBlock };

function requireVerified(mailbox: Pick<Mailbox, 'contacts'>, id: ContactId): Verified {
  const contact = requireContact(mailbox, id);
  if (contact.standing.kind === 'verified' && contact.publicKey) return { ...contact, publicKey: contact.publicKey };
  throw refused(
    'trust-refused',
    'not-verified',
    'Only people whose keys you have verified can be introduced. Nothing was sent.',
  );
}

async function sendCard(
  services: IntroduceServices,
  mailbox: Mailbox,
  o: { to: Verified; about: Verified; note: string },
): Promise<MessageSummary> {
  const { about } = o;
  const key = await introducedKey(services, mailbox, about);
  const card = services.mime.writeCard({ name: localPartOf(about.address), addresses: [about.address], key });
  return submitEnclosed(services, mailbox, {
    to: o.to.address,
    subject: `Introducing ${localPartOf(about.address)}`,
    text: introductionText({ address: about.address, note: o.note }),
    attachment: {
      filename: `${localPartOf(about.address)}.vcf`,
      contentType: 'text/vcard',
      content: new TextEncoder().encode(card),
    },
    enclosures: { keyBlocks: [key] },
  });
}

/**
 * The key with a shareable certification made for these two alone: a certification that the user keeps private in the
 * ring stays private.
 */
async function introducedKey(
  services: IntroduceServices,
  mailbox: Pick<Mailbox, 'identity'>,
  { publicKey, verification }: Verified,
): Promise<PublicKeyBlock> {
  const now = dayTime({ now: services.clock.now() });
  const certification = await services.pgp.certify({
    secretKey: mailbox.identity().keys.secretKey,
    subject: publicKey,
    level: verification?.level ?? 'casual',
    exportable: true,
    expiresAt: Math.min(verification?.expiresAt ?? Infinity, now + LIFETIME_MS),
    now,
  });
  return services.pgp.withCertifications({ block: publicKey, bodies: [certification.body] });
}
