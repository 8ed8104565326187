import { Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { copyText } from '../../actions/window/copy-text';
import type { IdentityId } from '../../../shared/ids';
import { errorWords } from '../../words/error-words';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Spinner } from '../../ui/Spinner';
import { pairingCodeWords as words } from '../../words/custody-page-words';
import styles from './custody.module.css';

export type PairingCodeDialogProps = { readonly identityId: IdentityId; readonly onClose: () => void };

/** Shows the code by which another machine of the user's has its mail kept on this one. */
export const PairingCodeDialog = ({ identityId, onClose }: PairingCodeDialogProps) => {
  const services = useServices();
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    services.core.call('holding.pairingCode', { identityId }).then(
      (code) => setText(code.text),
      (error: unknown) => setProblem(errorWords(error)),
    );
  }, [services, identityId]);
  const copy = (code: string) => void copyText(services, { text: code, said: 'Pairing code copied' });
  const footer = (
    <>
      <Button onClick={onClose}>Close</Button>
      {text !== undefined && (
        <Button tone="primary" icon={Copy} onClick={() => copy(text)} data-testid="pairing-code-copy">
          Copy
        </Button>
      )}
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={words.title}
      description={words.description}
      footer={footer}
      testId="pairing-code-dialog"
    >
      <div className={styles.stack}>
        {problem === undefined ? (
          <div className={styles.command}>
            {text === undefined ? (
              <Spinner label="Reading the code" />
            ) : (
              <code data-selectable data-testid="pairing-code">
                {text}
              </code>
            )}
          </div>
        ) : (
          <Banner tone="danger">{problem}</Banner>
        )}
        <p className={styles.soft}>{words.warning}</p>
      </div>
    </Dialog>
  );
};
