import { useState } from 'react';
import type { Identity } from '../../../../shared/identity';
import type { Device, NewDevice } from '../../../../shared/programs/device';
import { clientKeyLine, deviceText } from '../../../../shared/programs/device-text';
import { AddressQr } from '../../../parts/AddressQr';
import { useIdentities } from '../../../queries/use-identities';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Fact } from '../programs/Fact';
import { IdentityChoice } from '../programs/IdentityChoice';
import { SetupFileBox } from '../programs/SetupFileBox';
import { deviceSetup } from './device-setup';
import settings from '../settings.module.css';
import programs from '../programs/programs.module.css';
import styles from './devices.module.css';

/** Pixels: a code of some 400 characters, for a telephone's camera. */
const CODE_SIZE = 260;

export type DeviceSetupDialogProps = {
  readonly device: Device;
  /** Only just after it was made. */
  readonly made?: NewDevice;
  readonly onClose: () => void;
};

/** How to set a device up, with its secrets while there are any to show. */
export const DeviceSetupDialog = ({ onClose, ...shown }: DeviceSetupDialogProps) => {
  const { device, made } = shown;
  const own = (useIdentities() ?? []).filter(({ id }) => device.identityIds.includes(id));
  const [chosen, setChosen] = useState<string>();
  const identity = own.find(({ id }) => id === chosen) ?? own[0];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Set up ${device.name}`}
      size="large"
      footer={
        <Button tone="primary" onClick={onClose} data-testid="device-done">
          Done
        </Button>
      }
      testId="device-setup-dialog"
    >
      <div className={settings.form}>
        <SecretNotice isShown={made !== undefined} />
        {own.length > 1 && identity && <IdentityChoice own={own} identity={identity} onChange={setChosen} />}
        {identity && <Secrets {...shown} identity={identity} />}
        {identity && <Steps {...shown} identity={identity} />}
      </div>
    </Dialog>
  );
};

const SecretNotice = ({ isShown }: { readonly isShown: boolean }) =>
  isShown ? (
    <Banner tone="warning">
      <strong>Password and key are shown this once.</strong> Who has both reads your mail: let nobody else see this
      code.
    </Banner>
  ) : (
    <Banner>Its password and key were shown once. If they are lost, remove the device and add it again.</Banner>
  );

type PartProps = { readonly device: Device; readonly made?: NewDevice; readonly identity: Identity };

const Secrets = ({ device, made, identity }: PartProps) => (
  <div className={styles.secrets}>
    <div className={styles.facts}>
      <Fact name="Server" value={device.onion} testId="device-onion" />
      <Fact name="User name" value={identity.address} testId="device-user" />
      {made && <Fact name="Password" value={made.password} testId="device-password" />}
      {made && <Fact name="Key" value={made.clientKey} testId="device-key" />}
      {made && <Fact name="Line of the key" value={clientKeyLine(made)} testId="device-key-line" />}
    </div>
    {made && (
      <AddressQr
        address={identity.address}
        text={deviceText(made, identity.address)}
        size={CODE_SIZE}
        label="QR code with server, user name, password and key"
      />
    )}
  </div>
);

const Steps = ({ device, made, identity }: PartProps) => {
  const { steps, files } = deviceSetup(device.kind, {
    user: identity.address,
    password: made?.password,
    onion: device.onion,
    keyLine: made && clientKeyLine(made),
  });
  return (
    <>
      <ol className={programs.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {files.map((file) => (
        <SetupFileBox key={file.name} file={file} />
      ))}
    </>
  );
};
