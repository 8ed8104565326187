import { Smartphone } from 'lucide-react';
import { removeDevice } from '../../../actions/programs/remove-device';
import type { Device } from '../../../../shared/programs/device';
import { useNow } from '../../../parts/use-now';
import { useIdentities } from '../../../queries/use-identities';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { PeerText } from '../../../ui/PeerText';
import { identityName } from '../programs/identity-name';
import { connectionText, formText, lastUse } from '../programs/program-words';
import { stateText } from './device-words';
import settings from '../settings.module.css';
import styles from '../programs/programs.module.css';

const MINUTE_MS = 60_000;

export type DeviceListProps = {
  readonly devices: readonly Device[];
  readonly onAdd: () => void;
  readonly onSetup: (device: Device) => void;
};

/** The devices that may log in, and who is connected there. */
export const DeviceList = ({ devices, onAdd, onSetup }: DeviceListProps) => {
  const now = useNow(MINUTE_MS);
  if (devices.length === 0) return <NoDevices onAdd={onAdd} />;
  return (
    <>
      <ul className={styles.list} aria-label="Devices that may log in">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} now={now} onSetup={() => onSetup(device)} />
        ))}
      </ul>
      <div>
        <Button onClick={onAdd} data-testid="devices-add">
          Add a device…
        </Button>
      </div>
    </>
  );
};

const NoDevices = ({ onAdd }: { readonly onAdd: () => void }) => (
  <EmptyState
    icon={Smartphone}
    title="No device yet"
    text="Your phone or another computer can read and send your mail from anywhere, by Tor, as long as Posthorn is unlocked here. Each gets an onion address that only it can find."
    action={
      <Button tone="primary" onClick={onAdd} data-testid="devices-add">
        Add a device…
      </Button>
    }
    testId="devices-none"
  />
);

type DeviceRowProps = { readonly device: Device; readonly now: number; readonly onSetup: () => void };

const DeviceRow = ({ device, now, onSetup }: DeviceRowProps) => {
  const services = useServices();
  return (
    <li className={settings.row} data-testid="device">
      <div className={settings.words}>
        <p className={settings.title}>
          <PeerText text={device.name} />
        </p>
        <DeviceFacts device={device} now={now} />
      </div>
      <div className={settings.control}>
        <Button onClick={onSetup} aria-label={`How to set up ${device.name}`}>
          Set up…
        </Button>
        <Button
          onClick={() => removeDevice(services, device)}
          aria-label={`Remove ${device.name}`}
          data-testid="device-remove"
        >
          Remove…
        </Button>
      </div>
    </li>
  );
};

const DeviceFacts = ({ device, now }: Omit<DeviceRowProps, 'onSetup'>) => {
  const identities = useIdentities() ?? [];
  const own = identities.filter(({ id }) => device.identityIds.includes(id)).map(identityName);
  if (own.length === 0) return <p className={settings.hint}>for no identity: remove it</p>;
  const nameOf = (id: string): string => {
    const found = identities.find((each) => each.id === id);
    return found ? identityName(found) : '';
  };
  return (
    <>
      <p className={settings.hint}>
        for {own.join(', ')}; {formText[device.form]}
      </p>
      <p className={settings.hint}>
        {stateText[device.state]}; {lastUse(device, now)}
      </p>
      {device.connections.map((connection, index) => (
        <p key={index} className={settings.hint} data-testid="device-connection">
          <PeerText text={connection.clientName ?? 'A mail program'} />{' '}
          {connectionText(connection, { identity: nameOf(connection.identityId), now })}
        </p>
      ))}
    </>
  );
};
