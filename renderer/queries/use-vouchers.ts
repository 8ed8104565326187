import { useEffect, useState } from 'react';
import type { Contact } from '../../shared/contact';
import type { Voucher } from '../../shared/trust';
import { useCore } from '../state/services';

/**
 * Who has certified a contact's key, newest first; asked again when trust changes. Undefined until it is known, null
 * when it cannot be.
 */
export const useVouchers = ({ identityId, id: contactId }: Contact): readonly Voucher[] | null | undefined => {
  const core = useCore();
  const [vouchers, setVouchers] = useState<readonly Voucher[] | null>();
  useEffect(() => {
    let wanted = true;
    const ask = () =>
      core.call('contacts.vouchers', { identityId, contactId }).then(
        (found) => wanted && setVouchers(found),
        () => wanted && setVouchers(null),
      );
    void ask();
    const stop = core.subscribe((event) => {
      const concerned =
        (event.type === 'trust.changed' && event.identityId === identityId) ||
        (event.type === 'contact.changed' && event.contact.id === contactId);
      if (concerned) void ask();
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [core, identityId, contactId]);
  return vouchers;
};
