import { PosthornError } from '../../../shared/errors';
import { done, type Deps, type Of } from './handler-kit';

/** The profile as a whole, and the settings that hold for all of it. */
export function profileHandlers({ session }: Deps): Of<'profile'> & Of<'settings'> {
  return {
    'profile.state': () => session.state(),
    'profile.create': async ({ passphrase }) => (await session.create(passphrase), done),
    'profile.unlock': ({ passphrase }) => session.unlock(passphrase),
    'profile.lock': async () => (await session.lock(), done),
    // A window's own call is answered at its gate (window/window-gate.ts).
    'profile.lockWindow': () => {
      throw new PosthornError('invalid-call', 'There is no window here that could be locked. Nothing was changed.');
    },
    'profile.changePassphrase': (o) => session.changePassphrase(o),
    'settings.get': () => session.settings(),
    'settings.set': (settings) => session.setSettings(settings),
  };
}
