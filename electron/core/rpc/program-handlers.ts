import type { Deps, Of } from './handler-kit';

/** Other mail programs of this person, and the devices that they run on. */
export function programHandlers({ session }: Deps): Of<'programs'> & Of<'devices'> {
  return {
    'programs.view': () => session.programs().view(),
    'programs.listen': (ports) => session.letProgramsIn(ports),
    'programs.add': (o) => session.programs().add(o),
    'programs.remove': ({ programId }) => session.programs().remove(programId),
    'programs.test': async (o) => ({ outcome: await session.programs().test(o) }),
    'devices.view': () => session.devices().view(),
    'devices.add': (o) => session.devices().add(o),
    'devices.remove': ({ programId }) => session.devices().remove(programId),
  };
}
