import type { OnionHost } from '../../../../../shared/ids';
import { toBase64 } from '../../control/base64';
import { TOKEN_HASH_OCTETS, TOKEN_SEED_OCTETS } from '../../../domain/custody/token';
import { onionOf } from '../../../domain/mail-address';
import type { Agreement, TokenSeed } from '../../../ports/storage/custody-records';
import type { StoredContact } from '../../../ports/storage/mail-records';
import { sendControl } from '../../control/send-control';
import type { Mailbox, Services } from '../../mailbox';
import { mayLearnHolders } from './holders-in-force';
import { SECOND_MS } from '../../../domain/time';
import { MAX_TOKENS, TOKEN_LIST_STEP, TOKENS_PER_CONTACT } from '../../../domain/custody-limits';

export type IssueServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

/** A number has 32 bits; a contact who claims to be at the end of them must not end the lists of all others. */
const TOKEN_NUMBERS = 2 ** 32;
/** The last with which a seed may begin: seconds until the year 2105, with room for sixteen million tokens. */
const LAST_FIRST_NUMBER = TOKEN_NUMBERS - 2 ** 24;

/**
 * The tokens that contacts have not been seen to use at a holder; the numbers with which they begin tell when they must
 * be made anew.
 */
export type TokenWindow = ReadonlyMap<StoredContact['id'], { readonly first: number; readonly next: number }>;

export function tokenWindow(
  services: IssueServices,
  mailbox: Pick<Mailbox, 'contacts' | 'custody'>,
  holder: OnionHost,
): TokenWindow {
  const ids = mailbox.contacts
    .all()
    .filter(mayLearnHolders)
    .map(({ id }) => id);
  const of = (contactId: StoredContact['id']): { first: number; next: number } => {
    const { first } = seedFor(services, mailbox, contactId);
    return { first, next: mailbox.custody.asRecipient.nextTokenOf({ contactId, holder }) };
  };
  return new Map(ids.map((id) => [id, of(id)]));
}

/**
 * A new seed begins with the second in which it is made: above every number under the one before, whose count nobody
 * may know any more, because nobody uses a token every second.
 */
export function seedFor(
  { clock, random }: IssueServices,
  mailbox: Pick<Mailbox, 'custody'>,
  contactId: StoredContact['id'],
): TokenSeed {
  const fresh = (): TokenSeed => ({
    seed: random.bytes(TOKEN_SEED_OCTETS),
    first: Math.min(Math.max(0, Math.floor(clock.now() / SECOND_MS)), LAST_FIRST_NUMBER),
  });
  return mailbox.custody.asRecipient.tokenSeed({ contactId, fresh });
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
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
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
      hashes.push(services.custodyCrypto.tokenHash(services.custodyCrypto.token({ seed, holder, index })));
    }
  }
  while (hashes.length === 0 || hashes.length % TOKEN_LIST_STEP !== 0)
    hashes.push(services.random.bytes(TOKEN_HASH_OCTETS));
  // The holder keeps the newest: a clock that was ahead once must not make it deaf to all that come after.
  const issuedAt = Math.max(services.clock.now(), (agreement.tokensIssuedAt ?? -1) + 1);
  const list = toBase64(sorted(hashes.slice(0, MAX_TOKENS)));
  sendControl(services, mailbox, {
    to: agreement.peer,
    control: { kind: 'hold.tokens', agreementId: agreement.id, issuedAt, hashes: list },
  });
  mailbox.custody.agreements.change(agreement.id, { tokensIssuedAt: issuedAt });
}

/** By value: hashes are random, so their order says nothing of whose they are. */
function sorted(hashes: readonly Uint8Array[]): Uint8Array {
  const list = new Uint8Array(hashes.length * TOKEN_HASH_OCTETS);
  for (const [index, hash] of [...hashes].sort(compare).entries()) list.set(hash, index * TOKEN_HASH_OCTETS);
  return list;
}

function compare(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < one.length; at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
