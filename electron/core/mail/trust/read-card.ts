import type { CardReading, LookAlike } from '../../../../shared/card';
import type { Contact } from '../../../../shared/contact';
import type { ContactId, Fingerprint, MailAddress } from '../../../../shared/ids';
import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import { isMailto } from '../../../../shared/address/mailto-uri';
import { differences, looksLike, readCardText, type CardText } from '../../domain/card-text';
import { MAX_CARD_CHARACTERS } from '../../domain/limits';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { VaultIdentity } from '../../ports/storage/vault';
import { fetchKey } from './fetch-key';
import type { Mailbox, Services } from '../mailbox';
import { requireContact } from '../contacts/require-contact';

type CardServices = Pick<Services, 'clock' | 'random' | 'log' | 'pgp' | 'mime' | 'onion' | 'onionKeys' | 'keyFetcher'>;
type Refused = Extract<CardReading, { outcome: 'refused' }>;

/** A card with one address, and perhaps a key and a one-time code. */
export type KnownCard = Extract<CardText, { outcome: 'card' }> & { readonly name: string };

/**
 * Milliseconds that the person with a card in their hand waits at most while we ask whether the key was replaced since.
 */
const REFETCH_MS = 20_000;

export type CardQuestion = {
  readonly text: string;
  /** The contact whose card the user expects. */
  readonly expected?: ContactId;
  /** The user's own identities: their cards are refused as contacts. */
  readonly own: readonly Pick<VaultIdentity, 'id' | 'address'>[];
};

/**
 * Compares a card with what is known and changes nothing; except that a contact's key is fetched again when the card
 * names another, because a key that was replaced must not look like a fraud. Throws `contact-unknown` for `expected`.
 */
export async function readCard(
  services: CardServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  o: CardQuestion,
): Promise<{ reading: CardReading; card?: KnownCard }> {
  const card = await parseCard(services, mailbox, o.text);
  if (card.outcome === 'refused') return { reading: card };
  const address = mailboxOf(card.address);
  const expected = o.expected === undefined ? undefined : requireContact(mailbox, o.expected);
  if (expected && expected.address !== address) {
    return {
      reading: {
        outcome: 'other-address',
        expected: expected.id,
        address,
        differs: differences(address, expected.address),
      },
    };
  }
  const ownIdentity = o.own.find((identity) => identity.address === address);
  if (ownIdentity) return { reading: { outcome: 'own', identityId: ownIdentity.id } };
  return { reading: await compare(services, mailbox, { ...card, address }), card };
}

async function compare(
  services: CardServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  card: KnownCard,
): Promise<CardReading> {
  const { address, fingerprint, name } = card;
  const contact = mailbox.contacts.find(address);
  if (!contact) {
    return { outcome: 'new', address, name, ...(fingerprint ? { fingerprint } : {}), ...lookAlikeOf(mailbox, address) };
  }
  const known = fingerprint && differs(contact, fingerprint) ? await refetched(services, mailbox, contact) : contact;
  if (fingerprint && known.fingerprint !== undefined && differs(known, fingerprint)) {
    const replaced = mailbox.keyring.history(address).find((each) => each.fingerprint === fingerprint);
    return {
      outcome: 'other-key',
      contactId: known.id,
      address,
      cardFingerprint: fingerprint,
      knownFingerprint: known.fingerprint,
      ...(replaced ? { replacedAt: replaced.replacedAt } : {}),
    };
  }
  return { outcome: 'match', contactId: known.id, address, alreadyVerified: known.standing.kind === 'verified' };
}

const differs = (contact: Pick<Contact, 'fingerprint'>, fingerprint: Fingerprint): boolean =>
  contact.fingerprint !== undefined && contact.fingerprint !== fingerprint;

async function refetched(
  services: CardServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'access' | 'identity' | 'trust' | 'changes'>,
  contact: StoredContact,
): Promise<StoredContact> {
  const abort = new AbortController();
  const cancel = services.clock.setTimer(REFETCH_MS, () => {
    abort.abort();
  });
  const isolation = { user: services.random.uuid(), password: services.random.uuid() };
  const fetched = await fetchKey(services, mailbox, { contact, isolation, signal: abort.signal }).finally(cancel);
  return fetched.outcome === 'certified' ? fetched.contact : contact;
}

async function parseCard(
  services: CardServices,
  mailbox: Pick<Mailbox, 'contacts'>,
  text: string,
): Promise<KnownCard | Refused> {
  if (text.length > MAX_CARD_CHARACTERS) return { outcome: 'refused', problem: 'too-large' };
  if (/^\s*BEGIN:VCARD/i.test(text)) return parseVcard(services, mailbox, text);
  const read = readCardText(text, (host) => services.onionKeys.check(host));
  return read.outcome === 'card' ? { ...read, name: '' } : refusalOf(mailbox, read);
}

async function parseVcard(
  services: Pick<Services, 'clock' | 'pgp' | 'mime' | 'onionKeys'>,
  mailbox: Pick<Mailbox, 'contacts'>,
  text: string,
): Promise<KnownCard | Refused> {
  const cards = (await services.mime.readCards(text)) ?? [];
  const [card] = cards;
  const addresses = [...new Set(cards.flatMap((each) => each.addresses))];
  if (!card || addresses.length === 0) return { outcome: 'refused', problem: 'not-a-card' };
  if (addresses.length > 1) return { outcome: 'refused', problem: 'several-addresses' };
  const value = addresses[0] ?? '';
  const read = readCardText(value, (host) => services.onionKeys.check(host));
  if (read.outcome === 'refused') return refusalOf(mailbox, read);
  if (!isAddressAlone(value, read.address))
    return { outcome: 'refused', problem: 'address-invalid', addressProblem: 'unreadable' };
  if (!card.key) return { ...read, name: card.name };
  const key = await services.pgp.checkKeyBlock({
    block: card.key,
    address: mailboxOf(read.address),
    now: services.clock.now(),
  });
  if (key.outcome === 'refused') return { outcome: 'refused', problem: 'key-not-certified' };
  return { ...read, fingerprint: key.fingerprint, name: card.name };
}

/** EMAIL holds an address and nothing else; out of a sentence it could be the rest of another. */
function isAddressAlone(value: string, address: MailAddress): boolean {
  return isMailto(value.trim()) || asciiLowerCase(value.trim()) === address;
}

function refusalOf(mailbox: Pick<Mailbox, 'contacts'>, read: Extract<CardText, { outcome: 'refused' }>): Refused {
  if (read.problem !== 'address-invalid') return { outcome: 'refused', problem: read.problem };
  return {
    outcome: 'refused',
    problem: 'address-invalid',
    addressProblem: read.addressProblem,
    ...lookAlikeOf(mailbox, read.text),
  };
}

function lookAlikeOf(mailbox: Pick<Mailbox, 'contacts'>, text: string): { lookAlike?: LookAlike } {
  const known = mailbox.contacts.all().find(({ address }) => looksLike(text, address));
  return known ? { lookAlike: { contactId: known.id, differs: differences(text, known.address).slice(0, 127) } } : {};
}
