import { useState } from 'react';
import type { ShellWish } from '../../../shared/contract/shell-contract';
import { tryOrTell } from '../../actions/window/try-or-tell';
import { quitSentences } from '../../words/desktop/desktop-words';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Switch } from '../../ui/fields/Switch';
import styles from './desktop.module.css';

type QuitDialogProps = {
  readonly question: Extract<ShellWish, { readonly kind: 'ask-quit' }>;
  readonly onClose: () => void;
};

/** Asks before the program ends, and says what ends with it. */
export const QuitDialog = ({ question, onClose }: QuitDialogProps) => {
  const { shell } = useServices();
  const [quiet, setQuiet] = useState(false);
  const quit = () => {
    onClose();
    void tryOrTell(() => shell.call('app.quit', { askAgain: !quiet }));
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Quit Posthorn?"
      size="small"
      testId="quit-dialog"
      footer={
        <>
          <Button onClick={onClose} data-testid="quit-cancel">
            Stay
          </Button>
          <Button tone="primary" autoFocus onClick={quit} data-testid="quit-confirm">
            Quit
          </Button>
        </>
      }
    >
      <div className={styles.sentences}>
        {quitSentences(question).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Switch label="Do not ask again" checked={quiet} onChange={setQuiet} testId="quit-quietly" />
      </div>
    </Dialog>
  );
};
