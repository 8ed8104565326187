import type { Deps, Of } from './handler-kit';

/** Other mail programs of this person. */
export function programHandlers({ session }: Deps): Of<'programs'> {
  return {
    'programs.view': () => session.programs().view(),
    'programs.listen': (ports) => session.letProgramsIn(ports),
    'programs.add': (o) => session.programs().add(o),
    'programs.remove': ({ programId }) => session.programs().remove(programId),
    'programs.test': async (o) => ({ outcome: await session.programs().test(o) }),
  };
}
