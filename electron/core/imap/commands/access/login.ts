import type { Command } from '../../session/command';
import { logIn } from './log-in';

/** LOGIN (RFC 9051 6.2.3). */
export const login: Command = {
  state: 'not-authenticated',
  read: (reader) => {
    reader.space();
    const user = reader.astring();
    reader.space();
    const password = reader.astring();
    return ({ session }) => logIn(session, { user, password });
  },
};
