import { useState } from 'react';
import type { Device, NewDevice } from '../../../../shared/programs/device';
import { PageSection } from '../../../parts/PageFrame';
import { useDevices } from '../../../queries/use-devices';
import { Banner } from '../../../ui/Banner';
import { AddDeviceDialog } from './AddDeviceDialog';
import { DeviceList } from './DeviceList';
import { DeviceSetupDialog } from './DeviceSetupDialog';

/** Phones and other computers of this person: which there are, and how one is added. */
export const DevicesSection = () => {
  const { devices, failure } = useDevices();
  return (
    <PageSection title="A phone or another computer">
      {devices !== undefined && <Devices devices={devices} />}
      {devices === undefined && failure !== undefined && <Banner tone="danger">{failure}</Banner>}
    </PageSection>
  );
};

/** What is open above the page: the form for another device, or how to set one up. */
type Above = { readonly form: 'add' } | { readonly device: Device; readonly made?: NewDevice };

const Devices = ({ devices }: { readonly devices: readonly Device[] }) => {
  const [above, setAbove] = useState<Above>();
  const close = () => setAbove(undefined);
  return (
    <>
      <DeviceList
        devices={devices}
        onAdd={() => setAbove({ form: 'add' })}
        onSetup={(device) => setAbove({ device })}
      />
      {above !== undefined && 'form' in above && (
        <AddDeviceDialog onClose={close} onAdded={(made) => setAbove({ device: made.device, made })} />
      )}
      {above !== undefined && 'device' in above && <DeviceSetupDialog {...above} onClose={close} />}
    </>
  );
};
