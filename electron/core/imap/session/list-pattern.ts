import type { ListArguments } from '../grammar/list-arguments';
import { namePattern } from '../grammar/name-pattern';
import { decodedName, isInbox, SEPARATOR } from './mailbox-names';
import type { Session } from './session';

/**
 * Whether LIST or LSUB asks for a mailbox with this path. What does not decode asks for none. Others work between two
 * patterns: a program may ask by a thousand of them for each of thousands of mailboxes.
 */
export function listPattern(
  session: Session,
  { reference, patterns }: Pick<ListArguments, 'reference' | 'patterns'>,
): (path: readonly string[]) => Promise<boolean> {
  const texts = patterns.map((pattern) => decodedName(session, Buffer.concat([reference, pattern])));
  const known = texts.filter((text) => text !== undefined);
  const matchers = known.map(namePattern);
  const ofInbox = known.map((text) => namePattern(text.toUpperCase()));
  const rest = (): Promise<void> => session.client.flow();
  return async (path) => {
    const name = path.join(SEPARATOR);
    for (const matches of isInbox(path) ? [...matchers, ...ofInbox] : matchers) {
      await rest();
      if (await matches(name, rest)) return true;
    }
    return false;
  };
}
