import { EyeOff, Printer } from 'lucide-react';
import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { printPaperKey, readPaperKey } from '../../actions/keys/read-paper-key';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import styles from './identities.module.css';
import { PrintedPaperKey } from './PrintedPaperKey';

export type PaperKeyDialogProps = { readonly identity: Identity; readonly onClose: () => void };

/** The address as 24 words: shown only when the person says that nobody looks on, and forgotten with the dialog. */
export const PaperKeyDialog = ({ identity, onClose }: PaperKeyDialogProps) => {
  const services = useServices();
  const task = useTask();
  const [words, setWords] = useState<readonly string[]>();
  const show = () => void task.run(async () => setWords(await readPaperKey(services, identity.id)));
  const footer =
    words === undefined ? (
      <>
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" busy={task.busy} onClick={show} data-testid="paper-key-show">
          Show the words
        </Button>
      </>
    ) : (
      <>
        <Button icon={EyeOff} onClick={() => setWords(undefined)} data-testid="paper-key-hide">
          Hide
        </Button>
        <Button icon={Printer} onClick={() => void printPaperKey(services)} data-testid="paper-key-print">
          Print…
        </Button>
        <Button tone="primary" onClick={onClose}>
          Done
        </Button>
      </>
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Paper key"
      description="24 words from which this address can be had again on any computer."
      size={words === undefined ? 'normal' : 'large'}
      footer={footer}
      testId="paper-key-dialog"
    >
      {words === undefined ? <Before /> : <Shown identity={identity} words={words} />}
    </Dialog>
  );
};

const Before = () => (
  <div className={styles.words}>
    <Banner tone="warning">
      <strong>Whoever sees these words owns your address.</strong> They can receive your mail and write in your name.
      Show them only when nobody can look on, no camera either.
    </Banner>
    <ul className={styles.list}>
      <li>
        They bring back the address, with a new OpenPGP key. Your contacts see “Key changed” and have to verify you
        again.
      </li>
      <li>They do not bring back mail, contacts or old keys: make a backup for those.</li>
      <li>They cannot be changed. If somebody has seen them, move to another identity.</li>
    </ul>
  </div>
);

const Shown = ({ identity, words }: { readonly identity: Identity; readonly words: readonly string[] }) => (
  <div className={styles.words}>
    <ol className={styles.paperWords} data-testid="paper-key-words">
      {words.map((word, index) => (
        <li key={index}>{word}</li>
      ))}
    </ol>
    <p className={styles.soft}>
      Write them down in this order, by hand if you can: printers keep copies. Keep the paper where you keep your
      passport. Do not photograph it.
    </p>
    <PrintedPaperKey address={identity.address} words={words} />
  </div>
);
