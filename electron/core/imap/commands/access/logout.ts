import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** LOGOUT (RFC 9051 6.1.3). */
export const logout: Command = {
  state: 'any',
  read:
    () =>
    ({ session }) => {
      session.client.tell('BYE Logging out');
      session.isOver = true;
      return ok('Logged out');
    },
};
