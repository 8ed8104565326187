import { useCallback, useEffect, useState } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { TrustGraph } from '../../shared/trust';
import { useServices } from '../state/services';

/** As many keys as the core draws at most. */
const MOST_KEYS = 5_000;

/** `failed`: the last try did not bring an answer; what was known before stays. */
export type TrustGraphState = {
  readonly graph: TrustGraph | undefined;
  readonly failed: boolean;
  readonly retry: () => void;
};

type Loaded = { readonly identityId: IdentityId; readonly graph: TrustGraph | undefined; readonly failed: boolean };

/** Who vouches for whom around an identity; asked again whenever trust changes, never twice at once. */
export const useTrustGraph = (identityId: IdentityId): TrustGraphState => {
  const { core } = useServices();
  const [loaded, setLoaded] = useState<Loaded>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    const isLeft = (): boolean => left.signal.aborted;
    const load = async (): Promise<void> => {
      if (isLeft()) return;
      const graph = await core.call('trust.graph', { identityId, limit: MOST_KEYS }).catch(() => undefined);
      // From here to `trust-graph:drawn` is what a person waits for the picture.
      performance.mark('trust-graph:data');
      const keep = (former: Loaded | undefined): TrustGraph | undefined =>
        former?.identityId === identityId ? former.graph : undefined;
      if (!isLeft()) setLoaded((former) => ({ identityId, graph: graph ?? keep(former), failed: graph === undefined }));
    };
    // One is under way and at most one waits: it will tell of everything until then.
    let asked = 0;
    let last = Promise.resolve();
    const ask = (): void => {
      if (asked > 1) return;
      asked += 1;
      last = last.then(load).finally(() => void (asked -= 1));
    };
    ask();
    const stop = core.subscribe((event) => {
      const concerned =
        (event.type === 'trust.changed' || event.type === 'contact.removed') && event.identityId === identityId;
      if (concerned) ask();
    });
    return () => {
      left.abort();
      stop();
    };
  }, [core, identityId, tries]);
  const known = loaded?.identityId === identityId ? loaded : undefined;
  return {
    graph: known?.graph,
    failed: known?.failed ?? false,
    retry: useCallback(() => setTries((count) => count + 1), []),
  };
};
