import { no, ok, type Tagged } from '../../session/tagged';
import type { Session } from '../../session/session';
import { capabilities } from './capability';

/** Asks the door, and says what came of it. */
export async function logIn(
  session: Session,
  o: { readonly user: string; readonly password: string },
): Promise<Tagged> {
  switch (await session.logIn(o)) {
    case 'logged-in':
      return ok('Logged in', capabilities(session));
    case 'later':
      return no('Too many wrong passwords or connections; try again in a minute', 'UNAVAILABLE');
    case 'wrong':
      return no('Name or password is wrong', 'AUTHENTICATIONFAILED');
  }
}
