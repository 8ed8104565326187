import { useState } from 'react';
import type { Identity } from '../../../../shared/identity';
import type { MailProgram, ProgramAccess } from '../../../../shared/programs/mail-program';
import { useIdentities } from '../../../queries/use-identities';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Fact } from './Fact';
import { IdentityChoice } from './IdentityChoice';
import { LoginTest } from './LoginTest';
import { setupOf } from './program-setup';
import { SetupFileBox } from './SetupFileBox';
import settings from '../settings.module.css';
import styles from './programs.module.css';

export type SetupDialogProps = {
  readonly program: MailProgram;
  /** Only just after it was made. */
  readonly password?: string;
  readonly access: ProgramAccess;
  readonly onClose: () => void;
};

/** How to set a program up, with its password while there is one to show. */
export const SetupDialog = ({ onClose, ...shown }: SetupDialogProps) => {
  const { program, password, access } = shown;
  const own = (useIdentities() ?? []).filter(({ id }) => program.identityIds.includes(id));
  const [chosen, setChosen] = useState<string>();
  const identity = own.find(({ id }) => id === chosen) ?? own[0];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Set up ${program.name}`}
      size="large"
      footer={
        <Button tone="primary" onClick={onClose} data-testid="program-done">
          Done
        </Button>
      }
      testId="program-setup-dialog"
    >
      <div className={settings.form}>
        <PasswordNotice isShown={password !== undefined} />
        {!access.isOn && <Banner>Turn on «Let other mail programs in» before the program tries to connect.</Banner>}
        {own.length > 1 && identity && <IdentityChoice own={own} identity={identity} onChange={setChosen} />}
        {identity && <Steps {...shown} identity={identity} />}
      </div>
    </Dialog>
  );
};

const PasswordNotice = ({ isShown }: { readonly isShown: boolean }) =>
  isShown ? (
    <Banner tone="warning">
      <strong>The password is shown this once.</strong> Type or copy it into the program now.
    </Banner>
  ) : (
    <Banner>Its password was shown once. If it is lost, remove the program and add it again.</Banner>
  );

type StepsProps = Omit<SetupDialogProps, 'onClose'> & { readonly identity: Identity };

const Steps = ({ program, password, access, identity }: StepsProps) => {
  const ports = { imapPort: access.imap.port, submissionPort: access.submission.port };
  const { steps, files } = setupOf(program.kind, { user: identity.address, password, ...ports });
  return (
    <>
      <Fact name="User name" value={identity.address} testId="program-user" />
      {password !== undefined && (
        <>
          <Fact name="Password" value={password} testId="program-password" />
          <LoginTest identityId={identity.id} password={password} />
        </>
      )}
      <ol className={styles.steps}>
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
