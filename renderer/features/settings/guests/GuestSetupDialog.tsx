import { useState } from 'react';
import { setGuestKey } from '../../../actions/guests/set-guest-key';
import type { Guest, NewGuest } from '../../../../shared/guests/guest';
import { guestText } from '../../../../shared/guests/guest-text';
import { AddressQr } from '../../../parts/AddressQr';
import { FileChoice } from '../../../parts/FileChoice';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Fact } from '../programs/Fact';
import { guestSteps } from './guest-words';
import settings from '../settings.module.css';
import programs from '../programs/programs.module.css';
import devices from '../devices/devices.module.css';

/** Pixels, for a telephone's camera. */
const CODE_SIZE = 220;

export type GuestSetupDialogProps = {
  readonly guest: Guest;
  /** Only just after they were added. */
  readonly made?: NewGuest;
  readonly onClose: () => void;
};

/** What a guest enters in their mail program, and where their public key comes in. */
export const GuestSetupDialog = ({ guest, made, onClose }: GuestSetupDialogProps) => (
  <Dialog
    open
    onOpenChange={onClose}
    title={`Set up ${guest.name}`}
    size="large"
    footer={
      <Button tone="primary" onClick={onClose} data-testid="guest-done">
        Done
      </Button>
    }
    testId="guest-setup-dialog"
  >
    <div className={settings.form}>
      {made ? (
        <Banner tone="warning">
          <strong>The password is shown this once.</strong> It opens their mailbox, and no letter in it.
        </Banner>
      ) : (
        <Banner>Their password was shown once. If it is lost, `posthorn guests password` makes another one.</Banner>
      )}
      <Secrets guest={guest} {...(made ? { made } : {})} />
      <ol className={programs.steps}>
        {guestSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <KeyField guest={guest} />
    </div>
  </Dialog>
);

const Secrets = ({ guest, made }: Omit<GuestSetupDialogProps, 'onClose'>) => (
  <div className={devices.secrets}>
    <div className={devices.facts}>
      <Fact name="Address and user name" value={guest.address} testId="guest-address" />
      <Fact name="Server" value={guest.address.split('@')[1] ?? ''} testId="guest-server" />
      {made && <Fact name="Password" value={made.password} testId="guest-password" />}
    </div>
    {made && (
      <AddressQr
        address={guest.address}
        text={guestText(made)}
        size={CODE_SIZE}
        label="QR code with server, user name and password"
      />
    )}
  </div>
);

const KeyField = ({ guest }: { readonly guest: Guest }) => {
  const services = useServices();
  const task = useTask();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();
  const choose = (chosen: File) => {
    setFile(chosen);
    void task.run(async () => setProblem(await setGuestKey(services, guest, chosen)));
  };
  return (
    <>
      {guest.fingerprint !== undefined && <Fact name="Their key" value={guest.fingerprint} testId="guest-key" />}
      <FileChoice
        label="Choose their public key…"
        file={file}
        onChoose={choose}
        accept=".asc,.gpg,.pgp"
        error={task.error ?? problem}
        disabled={task.busy}
        testId="guest-key-file"
      />
    </>
  );
};
