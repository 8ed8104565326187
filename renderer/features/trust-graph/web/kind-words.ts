import { peopleText } from '../../../words/standing-words';
import { shortestPath } from './paths';
import type { Person, PersonKind, Web } from './web';

/** A word for each kind of person, as in the legend. */
export const kindWords: Readonly<Record<PersonKind, string>> = {
  you: 'You',
  verified: 'Verified by you',
  introduced: 'Introduced',
  marginal: 'Partly vouched for',
  unbelieved: 'Not believed',
  invalid: 'Expired or revoked',
};

/** One sentence of why somebody who is no contact counts as what they are. */
export const kindSentence = (web: Web, person: Person): string => {
  const sentences: Readonly<Record<PersonKind, string>> = {
    you: 'This is you. Everything that you believe about keys begins here.',
    verified: 'You have certified this key yourself.',
    introduced: 'People whose introductions you trust vouch for this key.',
    marginal: 'Somebody whom you trust a little vouches for this key; that alone is not enough.',
    unbelieved:
      (web.vouchedBy[person.at]?.length ?? 0) > 0
        ? 'Nobody whose introductions you trust vouches for this key.'
        : 'Only their own onion vouches for this key.',
    invalid: 'This key has expired or was revoked; it vouches for nobody, and no mail is sealed to it.',
  };
  return sentences[person.kind];
};

/** `You → Bob → Carol`; empty when nothing leads to them. */
export const pathLine = (web: Web, at: number): string => {
  const way = shortestPath(web, at);
  return way[0] === 0 && way.length > 1 ? way.map((place) => nameAt(web, place)).join(' → ') : '';
};

export const nameAt = ({ people }: Web, at: number): string => (at === 0 ? 'You' : (people[at]?.name ?? ''));

/** `Bob and Carol`, `Bob, Carol and 3 others`: who vouches for somebody. */
export const vouchersText = (web: Web, at: number): string =>
  peopleText(
    (web.vouchedBy[at] ?? []).map(({ from }) => String(from)),
    (place) => nameAt(web, Number(place)),
  );

/** What a screen reader says of somebody: name, kind, who vouches, and by which way. */
export const spokenPerson = (web: Web, person: Person): string => {
  if (person.at === 0) return `You, in the middle. You vouch for ${countText(web.vouchesFor[0]?.length ?? 0)}.`;
  const vouchers = vouchersText(web, person.at);
  const path = pathLine(web, person.at).replaceAll(' → ', ', then ');
  return [
    `${person.name}: ${kindWords[person.kind].toLowerCase()}`,
    vouchers === '' ? 'nobody else vouches for them' : `vouched for by ${vouchers}`,
    ...(path === '' ? [] : [`way: ${path}`]),
  ].join('; ');
};

/** `1 person`, `12 people`. */
export const countText = (count: number): string => (count === 1 ? '1 person' : `${count.toLocaleString()} people`);
