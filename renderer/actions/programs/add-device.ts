import type { CoreContract } from '../../../shared/contract/core-contract';
import type { ParamsOf } from '../../../shared/contract/rpc-kit';
import type { NewDevice } from '../../../shared/programs/device';
import type { Services } from '../../state/services';

/** Makes an onion, a key and a password for a device, which are told this once. Throws what the core threw. */
export const addDevice = ({ core }: Services, device: ParamsOf<CoreContract, 'devices.add'>): Promise<NewDevice> =>
  core.call('devices.add', device);
