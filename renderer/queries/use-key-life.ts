import { useEffect, useState } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { KeyLife } from '../../shared/key-life';
import { useCore } from '../state/services';

/**
 * Where the keys of an identity stand, asked again when the identity changes. Undefined until it is known, null when it
 * cannot be.
 */
export const useKeyLife = (identityId: IdentityId): KeyLife | null | undefined => {
  const core = useCore();
  const [life, setLife] = useState<KeyLife | null>();
  useEffect(() => {
    let wanted = true;
    const ask = () =>
      core.call('identities.keyLife', { identityId }).then(
        (found) => wanted && setLife(found),
        () => wanted && setLife(null),
      );
    void ask();
    const stop = core.subscribe((event) => {
      if (event.type === 'identity.changed' && event.identity.id === identityId) void ask();
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [core, identityId]);
  return life;
};
