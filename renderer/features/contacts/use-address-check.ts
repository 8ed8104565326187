import { useEffect, useState } from 'react';
import type { AddressCheck } from '../../../shared/contact';
import { useCore } from '../../state/services';

/** What the core says of the address that is being typed; undefined until it has answered for this very text. */
export const useAddressCheck = (text: string): AddressCheck | undefined => {
  const core = useCore();
  const [answer, setAnswer] = useState<{ readonly text: string; readonly check: AddressCheck }>();
  useEffect(() => {
    let wanted = true;
    core.call('addresses.check', { text }).then(
      (check) => wanted && setAnswer({ text, check }),
      // Asked again with the next letter; adding it asks once more.
      () => undefined,
    );
    return () => void (wanted = false);
  }, [core, text]);
  return answer?.text === text ? answer.check : undefined;
};
