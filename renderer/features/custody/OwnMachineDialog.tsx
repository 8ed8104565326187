import { Copy } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { copyText } from '../../actions/window/copy-text';
import { pairHolder } from '../../actions/custody/pair-holder';
import type { IdentityId } from '../../../shared/ids';
import { errorCodeOf, errorWords } from '../../words/error-words';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { IconButton } from '../../ui/IconButton';
import { TextArea } from '../../ui/fields/TextArea';
import { TextField } from '../../ui/fields/TextField';
import { ownMachineWords as words, pairingProblem } from '../../words/custody-page-words';
import styles from './custody.module.css';

export type OwnMachineDialogProps = { readonly identityId: IdentityId; readonly onClose: () => void };

type Pairing = {
  readonly text: string;
  readonly name: string;
  readonly problem: string | undefined;
  readonly busy: boolean;
  readonly change: (part: { readonly text?: string; readonly name?: string }) => void;
  readonly submit: (event: SubmitEvent) => void;
};

const usePairing = ({ identityId, onClose }: OwnMachineDialogProps): Pairing => {
  const services = useServices();
  const [{ text, name }, setTyped] = useState({ text: '', name: '' });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const connect = async () => {
    setBusy(true);
    try {
      await pairHolder(services, { identityId, text, name });
      onClose();
    } catch (error) {
      setProblem(pairingProblem(errorCodeOf(error)) ?? errorWords(error));
      setBusy(false);
    }
  };
  return {
    text,
    name,
    problem,
    busy,
    change: (part) => {
      setTyped((former) => ({ ...former, ...part }));
      setProblem(undefined);
    },
    submit: (event) => {
      event.preventDefault();
      if (text.trim() === '') setProblem(words.codeMissing);
      else if (!busy) void connect();
    },
  };
};

/** Has the user's own always-on machine keep their mail: run it, copy its code, paste it here. */
export const OwnMachineDialog = (props: OwnMachineDialogProps) => {
  const pairing = usePairing(props);
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={words.title}
      description={words.description}
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" form="own-machine" tone="primary" busy={pairing.busy} data-testid="own-machine-connect">
            {pairing.busy ? 'Connecting…' : 'Connect'}
          </Button>
        </>
      }
      testId="own-machine-dialog"
    >
      <Steps {...pairing} />
    </Dialog>
  );
};

const Steps = ({ text, name, problem, change, submit }: Pairing) => (
  <form id="own-machine" onSubmit={submit} noValidate>
    <ol className={styles.steps}>
      <Step number={1}>
        <p>{words.run}</p>
        <Command />
      </Step>
      <Step number={2}>
        <p>{words.copy}</p>
      </Step>
      <Step number={3}>
        <TextArea
          label={words.paste}
          hint={words.codeHint}
          error={problem}
          mono
          rows={3}
          value={text}
          onChange={(event) => change({ text: event.target.value })}
          maxLength={10_000}
          spellCheck={false}
          autoFocus
          data-testid="own-machine-code"
        />
        <TextField
          label="Name of that machine (optional)"
          placeholder="Cellar"
          value={name}
          onChange={(event) => change({ name: event.target.value })}
          maxLength={100}
          data-testid="own-machine-name"
        />
      </Step>
    </ol>
  </form>
);

const Step = ({ number, children }: { readonly number: number; readonly children: ReactNode }) => (
  <li>
    <span className={styles.number} aria-hidden>
      {number}
    </span>
    <div className={styles.stack}>{children}</div>
  </li>
);

const Command = () => {
  const services = useServices();
  return (
    <div className={styles.command}>
      <code data-selectable data-testid="own-machine-command">
        {words.command}
      </code>
      <IconButton
        icon={Copy}
        label="Copy this command"
        size="small"
        onClick={() => void copyText(services, { text: words.command, said: 'Command copied' })}
      />
    </div>
  );
};
