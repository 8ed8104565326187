import { BadCommand } from '../../grammar/bad-command';
import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** What RFC 2971 3.3 allows a client to say. */
const MAX_STRINGS = 60;

/** ID (RFC 2971). What the client says is forgotten; of this program the name is told, and no version. */
export const id: Command = {
  state: 'any',
  read: (reader) => {
    reader.space();
    if (!reader.match(/NIL$/iy) && reader.list(() => reader.nstring()).length > MAX_STRINGS)
      throw new BadCommand('The list is too long');
    return ({ session }) => {
      session.client.tell('ID ("name" "Posthorn")');
      return ok('Done');
    };
  },
};
