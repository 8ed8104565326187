import type { IdentityId } from '../../../shared/ids';
import { setCustody, setCustodyFailed } from '../../state/custody';
import type { Services } from '../../state/services';

/** Reads who keeps mail for an identity and for whom it does. Never throws: a failure is kept beside what was known. */
export const loadCustody = ({ core }: Pick<Services, 'core'>, identityId: IdentityId): Promise<void> =>
  core.call('holding.view', { identityId }).then(
    (holding) => setCustody(identityId, holding),
    () => setCustodyFailed(identityId),
  );

/**
 * Makes a load that is never under way twice: one runs and at most one waits, which will tell of everything until then.
 */
const makeLoader = (load: (identityId: IdentityId) => Promise<void>) => {
  const asked = new Map<IdentityId, { count: number; last: Promise<void> }>();
  return (identityId: IdentityId): void => {
    const one = asked.get(identityId) ?? { count: 0, last: Promise.resolve() };
    asked.set(identityId, one);
    if (one.count > 1) return;
    one.count += 1;
    one.last = one.last.then(() => load(identityId)).finally(() => void (one.count -= 1));
  };
};

/**
 * Keeps the window's knowledge of who keeps mail for whom as new as the core's, for every identity.
 * @returns how to stop
 */
export const followCustody = ({ core, mirror }: Pick<Services, 'core' | 'mirror'>): (() => void) => {
  const left = new AbortController();
  const known = new Set<IdentityId>();
  const reload = makeLoader((identityId) =>
    left.signal.aborted ? Promise.resolve() : loadCustody({ core }, identityId),
  );
  const meet = (identityId: IdentityId): void => {
    if (known.has(identityId)) return;
    known.add(identityId);
    reload(identityId);
  };
  const stop = core.subscribe((event) => {
    if (event.type === 'holding.changed') reload(event.identityId);
    if (event.type === 'identity.changed') meet(event.identity.id);
  });
  // Without identities there is no window to tell.
  mirror.identities.toArray().then(
    (identities) => identities.forEach(({ id }) => meet(id)),
    () => undefined,
  );
  return () => {
    left.abort();
    stop();
  };
};
