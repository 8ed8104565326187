import type { NameOf } from '../../queries/use-contacts';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { localPartOf, shortOnion } from '../../words/address-text';

export type RowPeople = {
  readonly names: string;
  /** The short onion beside a name that the person did not give: a local part alone proves nothing. */
  readonly onion: string | undefined;
};

const OWN_FOLDERS: ReadonlySet<string | undefined> = new Set(['sent', 'drafts', 'outbox']);
const unique = (items: readonly string[]): string[] => [...new Set(items)];

/** Who a row is about: the recipients of own mail, else everybody who wrote in the conversation, oldest first. */
export const rowPeople = ({ newest, messages }: Pick<ThreadRow, 'newest' | 'messages'>, nameOf: NameOf): RowPeople => {
  const own = OWN_FOLDERS.has(newest.folder);
  const addresses = own
    ? unique([...newest.to, ...newest.cc])
    : unique([...messages].reverse().map((message) => message.from));
  const [only] = addresses;
  if (only === undefined) return { names: '(no recipients)', onion: undefined };
  const names = unique(addresses.map(nameOf)).join(', ');
  const stranger = addresses.length === 1 && nameOf(only) === localPartOf(only);
  return { names: own ? `To ${names}` : names, onion: stranger ? shortOnion(only) : undefined };
};
