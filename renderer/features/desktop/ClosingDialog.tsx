import type { ShellWish } from '../../../shared/contract/shell-contract';
import { tryOrTell } from '../../actions/window/try-or-tell';
import { closingWords } from '../../words/desktop/desktop-words';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import styles from './desktop.module.css';

type ClosingDialogProps = {
  readonly question: Extract<ShellWish, { readonly kind: 'tell-closing' }>;
  readonly onClose: () => void;
};

/** Says what closing the window means, the first time. */
export const ClosingDialog = ({ question, onClose }: ClosingDialogProps) => {
  const { shell } = useServices();
  const answer = (method: 'window.hide' | 'app.askQuit') => {
    onClose();
    void tryOrTell(() => shell.call(method, {}));
  };
  const { title, sentences } = closingWords(question);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      size="small"
      testId="closing-dialog"
      footer={
        <>
          <Button onClick={() => answer('app.askQuit')} data-testid="closing-quit">
            Quit instead
          </Button>
          <Button tone="primary" autoFocus onClick={() => answer('window.hide')} data-testid="closing-hide">
            Close the window
          </Button>
        </>
      }
    >
      <div className={styles.sentences}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
    </Dialog>
  );
};
