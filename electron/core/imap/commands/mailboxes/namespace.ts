import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** NAMESPACE (RFC 9051 6.3.10): one's own mailboxes and no others. */
export const namespace: Command = {
  state: 'authenticated',
  read:
    () =>
    ({ session }) => {
      session.client.tell('NAMESPACE (("" "/")) NIL NIL');
      return ok('Done');
    },
};
