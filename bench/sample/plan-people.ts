import { seededRandom } from '../graph/ring-plan';
import type { Language } from './languages';
import { languages } from './languages';

/** Somebody of a made-up profile; `role` is what they are to its owner. */
export type PlannedPerson = {
  readonly name: string;
  readonly localPart: string;
  readonly language: Language;
  readonly role: 'introducer' | 'verified' | 'introduced' | 'unverified';
};

/** Who certifies whom, by place in the list of people. */
export type PlannedPeople = {
  readonly people: readonly PlannedPerson[];
  readonly vouchings: readonly { readonly from: number; readonly to: number; readonly introducer: boolean }[];
};

/**
 * Of ten people: two introducers, two verified, three whom an introducer certifies, three whom only their onion does.
 */
const roles: readonly PlannedPerson['role'][] = [
  'introducer',
  'verified',
  'introduced',
  'unverified',
  'introduced',
  'verified',
  'unverified',
  'introducer',
  'introduced',
  'unverified',
];

/**
 * So many people of all languages in turn, and who vouches for whom. The same numbers give the same people; names
 * repeat after 52, with a number in the local part.
 */
export function planPeople(count: number, seed: number): PlannedPeople {
  const random = seededRandom(seed);
  const people = Array.from({ length: count }, (_, at): PlannedPerson => {
    const language = languages[at % languages.length] ?? languages[0]!;
    const turn = Math.floor(at / languages.length);
    const [name, localPart] = language.people[turn % language.people.length]!;
    const round = Math.floor(turn / language.people.length);
    return {
      name: round === 0 ? name : `${name} ${String(round + 1)}`,
      localPart: round === 0 ? localPart : `${localPart}${String(round + 1)}`,
      language,
      role: roles[at % roles.length] ?? 'unverified',
    };
  });
  const introducers = people.flatMap(({ role }, at) => (role === 'introducer' ? [at] : []));
  const vouchings = people.flatMap(({ role }, to) =>
    role === 'introduced'
      ? [{ from: introducers[Math.floor(random() * introducers.length)] ?? 0, to, introducer: false }]
      : [],
  );
  return { people, vouchings };
}
