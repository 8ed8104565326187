import { useState } from 'react';
import { copyText } from '../../../actions/window/copy-text';
import type { Identity } from '../../../../shared/identity';
import type { MailProgram, ProgramAccess } from '../../../../shared/programs/mail-program';
import { useIdentities } from '../../../queries/use-identities';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Select } from '../../../ui/fields/Select';
import { TextArea } from '../../../ui/fields/TextArea';
import { identityName } from './identity-name';
import { LoginTest } from './LoginTest';
import { setupOf, type SetupFile } from './program-setup';
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

type IdentityChoiceProps = {
  readonly own: readonly Identity[];
  readonly identity: Identity;
  readonly onChange: (id: string) => void;
};

const IdentityChoice = ({ own, identity, onChange }: IdentityChoiceProps) => (
  <div className={styles.kind}>
    <span>Identity</span>
    <Select
      label="Identity whose settings are shown"
      value={identity.id}
      options={own.map((each) => ({ value: each.id, label: identityName(each) }))}
      onChange={onChange}
    />
  </div>
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
        <File key={file.name} file={file} />
      ))}
    </>
  );
};

type FactProps = { readonly name: string; readonly value: string; readonly testId: string };

const Fact = ({ name, value, testId }: FactProps) => {
  const services = useServices();
  const copy = () => void copyText(services, { text: value, said: `${name} copied` });
  return (
    <div className={styles.fact}>
      <div className={styles.factWords}>
        <p className={settings.hint}>{name}</p>
        <p className={styles.value} dir="ltr" data-selectable data-testid={testId}>
          {value}
        </p>
      </div>
      <Button onClick={copy} aria-label={`Copy: ${name}`}>
        Copy
      </Button>
    </div>
  );
};

const File = ({ file: { name, text } }: { readonly file: SetupFile }) => {
  const services = useServices();
  const copy = () => void copyText(services, { text, said: 'File copied' });
  return (
    <section className={styles.file} aria-label={name}>
      <div className={settings.foot}>
        <code>{name}</code>
        <Button onClick={copy} aria-label={`Copy: ${name}`}>
          Copy
        </Button>
      </div>
      <TextArea label={`Contents of ${name}`} hideLabel readOnly mono rows={10} dir="ltr" wrap="off" value={text} />
    </section>
  );
};
