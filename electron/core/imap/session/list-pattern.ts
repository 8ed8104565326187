import type { ListArguments } from '../grammar/list-arguments';
import { namePattern } from '../grammar/name-pattern';
import { decodedName, isInbox, SEPARATOR } from './mailbox-names';
import type { Session } from './session';

/** Whether LIST or LSUB asks for a mailbox with this path. What does not decode asks for none. */
export function listPattern(
  session: Session,
  { reference, patterns }: Pick<ListArguments, 'reference' | 'patterns'>,
): (path: readonly string[]) => boolean {
  const texts = patterns.map((pattern) => decodedName(session, Buffer.concat([reference, pattern])));
  const known = texts.filter((text) => text !== undefined);
  const matchers = known.map(namePattern);
  const ofInbox = known.map((text) => namePattern(text.toUpperCase()));
  return (path) => {
    const name = path.join(SEPARATOR);
    return matchers.some((matches) => matches(name)) || (isInbox(path) && ofInbox.some((matches) => matches(name)));
  };
}
