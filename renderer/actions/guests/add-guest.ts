import type { CoreContract } from '../../../shared/contract/core-contract';
import type { ParamsOf } from '../../../shared/contract/rpc-kit';
import type { NewGuest } from '../../../shared/guests/guest';
import type { Services } from '../../state/services';

/** Makes an address and a password for a guest; the password is told this once. Throws what the core threw. */
export const addGuest = ({ core }: Services, guest: ParamsOf<CoreContract, 'guests.add'>): Promise<NewGuest> =>
  core.call('guests.add', guest);
