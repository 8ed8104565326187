import type { OnionHost } from '../../../../../shared/ids';
import type { HolderCard, PeerNote } from '../../../../../shared/peer-note';
import {
  MAX_CLOCK_SKEW_MS,
  MAX_HOLDERS,
  MAX_TOKENS,
  TOKEN_LIST_STEP,
  TOKENS_PER_CONTACT,
} from '../../../domain/limits';
import { onionOf } from '../../../domain/mail-address';
import type { Agreement, TokenSeed } from '../../../ports/custody-store';
import type { StoredContact } from '../../../ports/mail-records';
import type { Mailbox, Services } from '../../mailbox';
import { isInForce } from '../holder/keep-envelope';
import { fromBase64, inOctets, toBase64 } from '../../control/base64';
import { sendNote } from '../../control/send-control';
import type { Noted, NoteServices } from '../../control/control-message';

type Of<K extends PeerNote['kind']> = Noted<Extract<PeerNote, { kind: K }>>;
type IssueServices = Pick<Services, 'clock' | 'random' | 'holdingCrypto'>;

const HASH_OCTETS = 16;
const SEED_OCTETS = 32;
const SECOND_MS = 1_000;
/** A number has 32 bits; a contact who claims to be at the end of them must not end the lists of all others. */
const TOKEN_NUMBERS = 2 ** 32;
/** The last with which a seed may begin: seconds until the year 2105, with room for sixteen million tokens. */
const LAST_FIRST_NUMBER = TOKEN_NUMBERS - 2 ** 24;

/** As a holder: which tokens a client of ours has given out. */
export function takeTokens(_services: NoteServices, mailbox: Mailbox, { contact, note }: Of<'hold.tokens'>): void {
  const agreement = mailbox.mail.agreement(note.agreementId);
  // Who was not accepted, or no longer, gets no room on our disk.
  if (agreement?.role !== 'holder' || agreement.peer !== contact.address || agreement.state !== 'active') return;
  const hashes = inOctets(fromBase64(note.hashes), HASH_OCTETS).slice(0, MAX_TOKENS);
  mailbox.mail.putTokens({ agreementId: agreement.id, issuedAt: note.issuedAt, hashes });
}

/** As a correspondent: with whom we may leave mail for a contact. */
export function takeCard(services: NoteServices, mailbox: Mailbox, { contact, note }: Of<'hold.card'>): void {
  const { card } = note;
  const isFromTheFuture = card.issuedAt > services.clock.now() + MAX_CLOCK_SKEW_MS;
  if (isFromTheFuture || fromBase64(card.tokenSeed).length !== SEED_OCTETS) return;
  const holders = card.holders.filter(({ onion }) => services.onionKeys.check(onion) === 'ok').slice(0, MAX_HOLDERS);
  if (card.lostCount && card.issuedAt > (mailbox.mail.holderCard(contact.id)?.issuedAt ?? -1))
    withdrawCard(mailbox, contact);
  mailbox.mail.putHolderCard({ contactId: contact.id, card: { ...card, holders } });
  // Who has lost count is given another seed.
  if (card.lostCount) mailbox.post.refreshHolding();
  mailbox.post.wake();
}

/** Who may leave mail with our holders: people in the address book whose key we have, as the user wants it. */
export function mayLearnHolders({ learnsHolders, blocked, publicKey, keyState }: StoredContact): boolean {
  return learnsHolders && !blocked && publicKey !== undefined && (keyState === 'certified' || keyState === 'changed');
}

/** The agreements by which mail is kept for us now. */
export function holdersInForce(services: Pick<Services, 'clock'>, { mail }: Mailbox): Agreement[] {
  return mail.agreements().filter((each) => each.role === 'client' && isInForce(each, services.clock.now()));
}

/**
 * The tokens that contacts have not been seen to use at a holder; the numbers with which they begin tell when they must
 * be made anew.
 */
export type TokenWindow = ReadonlyMap<StoredContact['id'], { readonly first: number; readonly next: number }>;

export function tokenWindow(services: IssueServices, mailbox: Mailbox, holder: OnionHost): TokenWindow {
  const ids = mailbox.mail
    .contacts()
    .filter(mayLearnHolders)
    .map(({ id }) => id);
  const of = (contactId: StoredContact['id']): { first: number; next: number } => {
    const { first } = seedFor(services, mailbox, contactId);
    return { first, next: mailbox.mail.nextTokenOf({ contactId, holder }) };
  };
  return new Map(ids.map((id) => [id, of(id)]));
}

/**
 * A new seed begins with the second in which it is made: above every number under the one before, whose count nobody
 * may know any more, because nobody uses a token every second.
 */
function seedFor({ clock, random }: IssueServices, { mail }: Mailbox, contactId: StoredContact['id']): TokenSeed {
  const fresh = (): TokenSeed => ({
    seed: random.bytes(SEED_OCTETS),
    first: Math.min(Math.max(0, Math.floor(clock.now() / SECOND_MS)), LAST_FIRST_NUMBER),
  });
  return mail.tokenSeed({ contactId, fresh });
}

/**
 * Whether a holder must be told of others: somebody came or went, has another seed, or has used up half of theirs.
 * Halves are counted from nought and not from what was told: after a start nobody knows where the last list began, and
 * a program that is started every day would never make the next.
 */
export function isOutOfDate(told: TokenWindow | undefined, now: TokenWindow): boolean {
  if (!told || told.size !== now.size) return true;
  const half = (next: number): number => Math.floor(next / (TOKENS_PER_CONTACT / 2));
  return [...now].some(([id, { first, next }]) => {
    const before = told.get(id);
    return before?.first !== first || half(next) > half(before.next);
  });
}

/** Sends a holder the hashes of all tokens that may be used, by value and among others that nobody has. */
export function issueTokens(
  services: IssueServices,
  mailbox: Mailbox,
  { agreement, window }: { agreement: Agreement; window: TokenWindow },
): void {
  const holder = onionOf(agreement.peer);
  const hashes: Uint8Array[] = [];
  for (const [contactId, { next }] of window) {
    const { seed } = seedFor(services, mailbox, contactId);
    // Some before, for copies that overtake each other; what is spent stays spent at the holder.
    for (
      let index = Math.max(0, next - TOKENS_PER_CONTACT);
      index < Math.min(next + TOKENS_PER_CONTACT, TOKEN_NUMBERS);
      index += 1
    ) {
      hashes.push(services.holdingCrypto.tokenHash(services.holdingCrypto.token({ seed, holder, index })));
    }
  }
  while (hashes.length === 0 || hashes.length % TOKEN_LIST_STEP !== 0) hashes.push(services.random.bytes(HASH_OCTETS));
  // The holder keeps the newest: a clock that was ahead once must not make it deaf to all that come after.
  const issuedAt = Math.max(services.clock.now(), (agreement.tokensIssuedAt ?? -1) + 1);
  const list = toBase64(sorted(hashes.slice(0, MAX_TOKENS)));
  sendNote(services, mailbox, {
    to: agreement.peer,
    note: { kind: 'hold.tokens', agreementId: agreement.id, issuedAt, hashes: list },
  });
  mailbox.mail.changeAgreement(agreement.id, { tokensIssuedAt: issuedAt });
}

/** By value: hashes are random, so their order says nothing of whose they are. */
function sorted(hashes: readonly Uint8Array[]): Uint8Array {
  const list = new Uint8Array(hashes.length * HASH_OCTETS);
  for (const [index, hash] of [...hashes].sort(compare).entries()) list.set(hash, index * HASH_OCTETS);
  return list;
}

function compare(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < one.length; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Tells contacts who keeps mail for us, each once and again when it has changed; whoever may not learn it any more
 * loses their tokens.
 */
export function tellContacts(services: IssueServices, mailbox: Mailbox): void {
  const holders = holdersInForce(services, mailbox)
    .filter(({ peer }) => !isHidden(mailbox, peer))
    .map(({ peer, agreed }) => ({ onion: onionOf(peer), until: agreed.until }));
  for (const contact of mailbox.mail.contacts()) {
    const before = mailbox.mail.cardSent(contact.id);
    const isTold = mayLearnHolders(contact) && (holders.length > 0 || before !== undefined);
    if (!isTold && before !== undefined) withdrawCard(mailbox, contact);
    if (isTold) tell(services, mailbox, { contact, before, holders });
  }
}

/** Who has become private is found by their own contacts only: others could leave nothing there. */
function isHidden({ mail }: Mailbox, peer: Agreement['peer']): boolean {
  return mail.contact(peer)?.isPrivate === true;
}

/** They are not told so: who was blocked hears nothing, and a token that works no longer says enough. */
function withdrawCard({ mail }: Mailbox, { id }: StoredContact): void {
  mail.dropTokenSeed(id);
  mail.putCardSent({ contactId: id, content: undefined });
}

function tell(
  services: IssueServices,
  mailbox: Mailbox,
  { contact, before, holders }: { contact: StoredContact; before: string | undefined; holders: HolderCard['holders'] },
): void {
  const { seed, first: firstToken } = seedFor(services, mailbox, contact.id);
  const tokenSeed = toBase64(seed);
  const others = holders.filter(({ onion }) => onion !== onionOf(contact.address));
  const sent = before === undefined ? undefined : (JSON.parse(before) as HolderCard);
  if (sent && JSON.stringify([sent.tokenSeed, sent.holders]) === JSON.stringify([tokenSeed, others])) return;
  // They keep the newest: as with tokens, a clock that was ahead must not make them deaf.
  const issuedAt = Math.max(services.clock.now(), (sent?.issuedAt ?? -1) + 1);
  // A restore has blanked what is known of the last one: see `loseCount`.
  const lost = sent?.tokenSeed === '' ? { lostCount: true as const } : {};
  const card: HolderCard = { issuedAt, tokenSeed, firstToken, holders: others, ...lost };
  sendNote(services, mailbox, { to: contact.address, note: { kind: 'hold.card', card } });
  mailbox.mail.putCardSent({ contactId: contact.id, content: JSON.stringify(card) });
}
