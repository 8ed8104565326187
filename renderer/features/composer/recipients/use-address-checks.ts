import { useEffect, useRef, useState } from 'react';
import type { AddressCheck } from '../../../../shared/contact';
import { useCore } from '../../../state/services';

/** What the core says of each address; absent while it is being asked. */
export type AddressChecks = ReadonlyMap<string, AddressCheck>;

/** Asks the core about every address once. */
export const useAddressChecks = (addresses: readonly string[]): AddressChecks => {
  const core = useCore();
  const [checks, setChecks] = useState<AddressChecks>(new Map());
  const asked = useRef(new Set<string>());
  const key = addresses.join('\n');
  useEffect(() => {
    for (const text of key.split('\n')) {
      if (text === '' || asked.current.has(text)) continue;
      asked.current.add(text);
      core.call('addresses.check', { text }).then(
        (check) => setChecks((known) => new Map(known).set(text, check)),
        // Asked again with the next change.
        () => asked.current.delete(text),
      );
    }
  }, [core, key]);
  return checks;
};
