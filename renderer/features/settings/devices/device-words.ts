import type { Device, DeviceKind } from '../../../../shared/programs/device';

/** What a device is called before the person says so. */
export const kindName: Readonly<Record<DeviceKind, string>> = { phone: 'My phone', computer: 'My laptop' };

/** The choice of a device, in the order of the list. */
export const kindOptions: readonly { readonly value: DeviceKind; readonly label: string }[] = [
  { value: 'phone', label: 'A phone or tablet with Orbot' },
  { value: 'computer', label: 'Another computer' },
];

/** Whether its onion can be reached, in a few words. */
export const stateText: Readonly<Record<Device['state'], string>> = {
  offline: 'cannot be reached now',
  publishing: 'is being made reachable',
  online: 'can be reached',
};
