import type { Deps, Of } from './handler-kit';

/** Other mail programs: of this person, on their devices, and of the people whom they host. */
export function programHandlers({ session }: Deps): Of<'programs'> & Of<'devices'> & Of<'guests'> {
  return {
    'programs.view': () => session.programs().view(),
    'programs.listen': (ports) => session.letProgramsIn(ports),
    'programs.add': (o) => session.programs().add(o),
    'programs.remove': ({ programId }) => session.programs().remove(programId),
    'programs.test': async (o) => ({ outcome: await session.programs().test(o) }),
    'devices.view': () => session.devices().view(),
    'devices.add': (o) => session.devices().add(o),
    'devices.remove': ({ programId }) => session.devices().remove(programId),
    'guests.view': () => session.guests().view(),
    'guests.add': (o) => session.guests().add(o),
    'guests.setKey': (o) => session.guests().setKey(o),
    'guests.key': ({ guestId }) => session.guests().certifiedKey(guestId),
    'guests.change': ({ guestId, ...change }) => session.guests().change(guestId, change),
    'guests.newPassword': ({ guestId }) => session.guests().newPassword(guestId),
    'guests.words': ({ guestId }) => session.guests().words(guestId),
    'guests.remove': (o) => session.guests().remove(o),
  };
}
