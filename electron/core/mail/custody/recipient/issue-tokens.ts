import type { HolderList } from '../../../../../shared/wire/control-message';
import type { OnionHost } from '../../../../../shared/ids';
import { toBase64 } from '../../control/base64';
import { TOKEN_HASH_OCTETS, TOKEN_SEED_OCTETS } from '../../../domain/custody/token';
import { onionOf } from '../../../domain/mail-address';
import { firstTokenNumber, growingDay, restoredTime } from '../../../domain/published-time';
import type { Agreement, TokenSeed } from '../../../ports/storage/custody-records';
import type { StoredContact } from '../../../ports/storage/mail-records';
import { sendControl } from '../../control/send-control';
import type { Mailbox, Services } from '../../mailbox';
import { mayLearnHolders } from './holders-in-force';
import { MAX_TOKENS, TOKEN_LIST_STEP, TOKENS_PER_CONTACT } from '../../../domain/custody-limits';

export type IssueServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

/**
 * A token number has 32 bits; a contact who claims to be at the end of them must not end the token lists of all others.
 */
const TOKEN_NUMBERS = 2 ** 32;
/** The highest first number of a seed: seconds until the year 2105, with room for sixteen million tokens above it. */
const LAST_FIRST_NUMBER = TOKEN_NUMBERS - 2 ** 24;

/**
 * For each contact, their seed in base64 and the next number that they have not been seen to use at a holder.
 * They tell when the holder's list must be made again.
 */
export type TokenWindow = ReadonlyMap<StoredContact['id'], { readonly seed: string; readonly next: number }>;

/** The token window of every contact who may learn our holders, at this holder. */
export function tokenWindow(
  services: IssueServices,
  mailbox: Pick<Mailbox, 'contacts' | 'custody'>,
  holder: OnionHost,
): TokenWindow {
  const ids = mailbox.contacts
    .all()
    .filter(mayLearnHolders)
    .map(({ id }) => id);
  const of = (contactId: StoredContact['id']): { seed: string; next: number } => {
    const seed = toBase64(seedFor(services, mailbox, contactId).seed);
    return { seed, next: mailbox.custody.asRecipient.nextTokenOf({ contactId, holder }) };
  };
  return new Map(ids.map((id) => [id, of(id)]));
}

/**
 * The token seed of a contact; makes one when there is none.
 */
export function seedFor(
  { clock, random }: IssueServices,
  mailbox: Pick<Mailbox, 'custody'>,
  contactId: StoredContact['id'],
): TokenSeed {
  const isRestored = hasLostCount(mailbox.custody.asRecipient.listSent(contactId));
  const fresh = (): TokenSeed => ({
    seed: random.bytes(TOKEN_SEED_OCTETS),
    first: Math.min(firstTokenNumber({ now: clock.now(), isRestored }), LAST_FIRST_NUMBER),
  });
  return mailbox.custody.asRecipient.tokenSeed({ contactId, fresh });
}

/** Whether the last holder list for a contact, as the store has it, was emptied by a restore: see `loseCount`. */
export function hasLostCount(listSent: string | undefined): boolean {
  return listSent !== undefined && (JSON.parse(listSent) as HolderList).tokenSeed === '';
}

/**
 * Whether a holder needs a new list: a contact came or went, has another seed, or has used up half of their tokens.
 * Halves are counted from zero and not from the last list: after a restart its beginning is not known, and a program
 * that is started every day would never make the next list.
 */
export function isOutOfDate(told: TokenWindow | undefined, now: TokenWindow): boolean {
  if (!told || told.size !== now.size) return true;
  const half = (next: number): number => Math.floor(next / (TOKENS_PER_CONTACT / 2));
  return [...now].some(([id, { seed, next }]) => {
    const before = told.get(id);
    return before?.seed !== seed || half(next) > half(before.next);
  });
}

/**
 * Sends a holder the hashes of all tokens that may be used, sorted by value and filled up with hashes of tokens that no
 * contact has.
 */
export function issueTokens(
  services: IssueServices,
  mailbox: Pick<Mailbox, 'custody' | 'control' | 'identity' | 'changes'>,
  { agreement, window }: { agreement: Agreement; window: TokenWindow },
): void {
  const holder = onionOf(agreement.peer);
  const hashes: Uint8Array[] = [];
  for (const [contactId, { next }] of window) {
    const { seed } = seedFor(services, mailbox, contactId);
    // Some earlier numbers too, for copies that overtake each other; a spent token stays spent at the holder.
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
  // The holder keeps the newest list. The time always grows: a clock that was ahead once must not make the holder
  // ignore all later lists.
  const isRestored = [...window.keys()].some((id) => hasLostCount(mailbox.custody.asRecipient.listSent(id)));
  const issuedAt = issueTime(services, { last: agreement.tokensIssuedAt, isRestored });
  const list = toBase64(sorted(hashes.slice(0, MAX_TOKENS)));
  sendControl(services, mailbox, {
    to: agreement.peer,
    control: { kind: 'hold.tokens', agreementId: agreement.id, issuedAt, hashes: list },
  });
  mailbox.custody.agreements.change(agreement.id, { tokensIssuedAt: issuedAt });
}

/**
 * The time of a list of which receivers keep the newest. A first one is a matter of this identity alone, so that its
 * time may show; after a restore another copy may have sent one until now.
 */
export function issueTime(
  { clock, random }: Pick<Services, 'clock' | 'random'>,
  o: { readonly last: number | undefined; readonly isRestored: boolean },
): number {
  const now = clock.now();
  if (o.isRestored) return restoredTime({ now, fraction: random.fraction() });
  return o.last === undefined ? now : growingDay({ now, last: o.last });
}

/** Sorted by value: hashes are random, so their order does not tell which contact has which. */
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
