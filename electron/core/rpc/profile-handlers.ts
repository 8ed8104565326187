import { done, type Deps, type Of } from './handler-kit';

/** The profile as a whole, and the settings that hold for all of it. */
export function profileHandlers({ session }: Deps): Of<'profile'> & Of<'settings'> {
  return {
    'profile.state': () => session.state(),
    'profile.create': async ({ passphrase }) => (await session.create(passphrase), done),
    'profile.unlock': ({ passphrase }) => session.unlock(passphrase),
    'profile.lock': async () => (await session.lock(), done),
    'profile.changePassphrase': (o) => session.changePassphrase(o),
    'settings.get': () => session.settings(),
    'settings.set': (settings) => session.setSettings(settings),
  };
}
