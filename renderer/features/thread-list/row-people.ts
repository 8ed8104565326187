import type { NameOf } from '../../queries/use-contacts';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { localPartOf, senderAddress, senderName, shortOnion } from '../../words/address-text';

export type RowPeople = {
  readonly names: string;
  /** The short onion beside a name that the person did not give: a local part alone proves nothing. */
  readonly onion: string | undefined;
};

const OWN_FOLDERS: ReadonlySet<string | undefined> = new Set(['sent', 'drafts', 'outbox']);
const unique = (items: readonly string[]): string[] => [...new Set(items)];

/** Who a row is about: the recipients of own mail, else everybody who wrote in the conversation, oldest first. */
export const rowPeople = ({ newest, messages }: Pick<ThreadRow, 'newest' | 'messages'>, nameOf: NameOf): RowPeople => {
  if (!OWN_FOLDERS.has(newest.folder)) return writers(messages, nameOf);
  const addresses = unique([...newest.to, ...newest.cc]);
  if (addresses.length === 0) return { names: '(no recipients)', onion: undefined };
  return { names: `To ${unique(addresses.map(nameOf)).join(', ')}`, onion: onionOf(addresses, nameOf) };
};

const writers = (messages: ThreadRow['messages'], nameOf: NameOf): RowPeople => {
  const oldestFirst = [...messages].reverse();
  const names = unique(oldestFirst.map((message) => senderName(message, nameOf))).join(', ');
  const addresses = unique(oldestFirst.map(senderAddress));
  const isProved = oldestFirst.every(({ writtenFrom }) => writtenFrom === undefined);
  return { names, onion: isProved ? onionOf(addresses, nameOf) : undefined };
};

const onionOf = ([only, ...others]: readonly string[], nameOf: NameOf): string | undefined =>
  only !== undefined && others.length === 0 && nameOf(only) === localPartOf(only) ? shortOnion(only) : undefined;
