import { BadCommand } from '../../grammar/bad-command';
import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** What RFC 2971 3.3 allows a client to say. */
const MAX_STRINGS = 60;

/** ID (RFC 2971). The client's name and version are for the list of who is connected; ours is told, and no version. */
export const id: Command = {
  state: 'any',
  read: (reader) => {
    reader.space();
    const said = reader.match(/NIL$/iy) ? [] : reader.list(() => reader.nstring());
    if (said.length > MAX_STRINGS) throw new BadCommand('The list is too long');
    return ({ session }) => {
      session.named([valueOf(said, 'name'), valueOf(said, 'version')].join(' ').trim());
      session.client.tell('ID ("name" "Posthorn")');
      return ok('Done');
    };
  },
};

/** Names and values stand in turn. */
function valueOf(said: readonly (string | undefined)[], name: string): string {
  const at = said.findIndex((each, index) => index % 2 === 0 && each?.toLowerCase() === name);
  return (at < 0 ? undefined : said[at + 1]) ?? '';
}
