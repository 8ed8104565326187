import type { Contact } from '../../../shared/contact';
import type { MailHolder } from '../../../shared/custody';
import type { Standing } from '../../../shared/trust';
import { findsPerson } from '../../../shared/text/finds-person';
import { isVerified } from '../../words/standing-words';

/** A contact, and why they cannot be asked, if they cannot. */
export type Askable = { readonly contact: Contact; readonly reason: string | undefined };

const standingReasons: Readonly<Record<Standing['kind'], string | undefined>> = {
  verified: undefined,
  introduced: undefined,
  unverified: 'Not verified yet',
  'no-key': 'Their key is not here yet',
  changed: 'Their key has changed',
  mismatch: 'Their key is wrong',
  expired: 'Their key has expired',
  revoked: 'Their key is revoked',
};

const holderReasons: Readonly<Partial<Record<MailHolder['state'], string>>> = {
  asked: 'Asked already',
  active: 'Keeps mail for you already',
};

const reasonOf = (contact: Contact, holders: readonly MailHolder[]): string | undefined => {
  if (contact.blocked) return 'Blocked';
  if (contact.isPrivate) return 'Others could not find them';
  const busy = holders
    .filter(({ address }) => address === contact.address)
    .flatMap(({ state }) => holderReasons[state] ?? []);
  // The question waits for the key of somebody who is verified already.
  return busy[0] ?? (isVerified(contact.standing) ? undefined : standingReasons[contact.standing.kind]);
};

/** Everybody in an address book, those who can be asked to keep mail first; otherwise in the order given. */
export const askablePeople = (contacts: readonly Contact[], holders: readonly MailHolder[]): readonly Askable[] => {
  const people = contacts.map((contact) => ({ contact, reason: reasonOf(contact, holders) }));
  return [
    ...people.filter(({ reason }) => reason === undefined),
    ...people.filter(({ reason }) => reason !== undefined),
  ];
};

/** Those whose name or address has the sought words in it. */
export const foundAskable = (people: readonly Askable[], search: string): readonly Askable[] =>
  people.filter(({ contact }) => findsPerson(contact, search));

/** Of those who may write to an identity: how many there are and how many learn who keeps its mail. */
export const learners = (
  contacts: readonly Pick<Contact, 'blocked' | 'learnsHolders' | 'address'>[],
  holders: readonly MailHolder[],
) => {
  const keeping = new Set<string>(holders.filter(({ state }) => state === 'active').map(({ address }) => address));
  // Who keeps the mail need not be told where it is.
  const others = contacts.filter(({ blocked, address }) => !blocked && !(keeping.size === 1 && keeping.has(address)));
  return { all: others.length, told: others.filter(({ learnsHolders }) => learnsHolders).length };
};

/** A question may have been lost with a computer; asking twice a day helps nobody. */
const PATIENCE_MS = 24 * 60 * 60_000;

/**
 * Whether somebody can be asked once more: they said no, it has ended, or no answer came for a day. `now` in
 * milliseconds since 1970.
 */
export const canAskAgain = ({ state, contactId, askedAt }: MailHolder, now: number): boolean =>
  contactId !== undefined && state !== 'active' && (state !== 'asked' || now - askedAt > PATIENCE_MS);
