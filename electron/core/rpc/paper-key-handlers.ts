import type { Deps, Handlers } from './handler-kit';

/** Calls about paper keys, and about copies of an identity on other machines. */
export function paperKeyHandlers({
  session,
  of,
}: Deps): Pick<Handlers, 'identities.paperKey' | 'identities.restoreFromPaper' | 'identities.takeOver'> {
  return {
    'identities.paperKey': (o) => session.paperKey(of(o)),
    'identities.restoreFromPaper': (o) => session.restoreFromPaper(o),
    'identities.takeOver': (o) => of(o).takeOver(o),
  };
}
