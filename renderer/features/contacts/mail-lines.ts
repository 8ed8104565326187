import { peopleCount } from '../../words/held-words';

/** With how many people mail for a contact can be left. */
export const holdersLine = (count: number): string =>
  count === 0
    ? 'Nobody keeps mail for them, as far as you were told: yours waits here until you are both online.'
    : `Has ${peopleCount(count)} who ${count === 1 ? 'keeps' : 'keep'} mail for them: yours can wait there while they are offline.`;

/** Said of contacts with a private identity. */
export const PRIVATE_LINE = 'Hidden: only their contacts can find them.';
