import type { ImapMailbox } from '../../../ports/imap';
import { readLsub } from '../../grammar/list-arguments';
import type { Command } from '../../session/command';
import { listPattern } from '../../session/list-pattern';
import { nameForm, SEPARATOR } from '../../session/mailbox-names';
import { ok } from '../../session/tagged';

/** LSUB (RFC 3501 6.3.9): subscribed mailboxes, such as are gone too, and with `%` those above them. */
export const lsub: Command = {
  state: 'authenticated',
  read: (reader) => {
    const wanted = readLsub(reader);
    return async ({ session, account }) => {
      const isListed = listPattern(session, wanted);
      for (const [name, attributes] of await subscribed(
        [...account.mailboxes(), ...account.lostSubscriptions()],
        isListed,
      )) {
        session.client.tell(`LSUB (${attributes}) "/" ${nameForm(session, name)}`);
        await session.client.flow();
      }
      return ok('Done');
    };
  },
};

type Path = readonly string[];
type IsListed = (path: Path) => Promise<boolean>;

/** Names with their attributes. */
async function subscribed(
  mailboxes: readonly Pick<ImapMailbox, 'path' | 'isSubscribed' | 'isNonexistent'>[],
  isListed: IsListed,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { path, isSubscribed, isNonexistent } of mailboxes) {
    if (!isSubscribed) continue;
    if (await isListed(path)) found.set(path.join(SEPARATOR), isNonexistent ? String.raw`\Noselect` : '');
    else for (const above of levelsAbove(path)) await addAbove(found, { above, isListed });
  }
  return found;
}

async function addAbove(found: Map<string, string>, o: { above: Path; isListed: IsListed }): Promise<void> {
  const name = o.above.join(SEPARATOR);
  if (!found.has(name) && (await o.isListed(o.above))) found.set(name, String.raw`\Noselect`);
}

function levelsAbove(path: Path): Path[] {
  return path.slice(1).map((_, depth) => path.slice(0, depth + 1));
}
