import { AlertDialog } from '../../../ui/dialogs/AlertDialog';
import styles from './SendQuestion.module.css';
import { sendDoubtWords } from './send-checks';
import type { SendDoubt } from './send-checks';

export type SendQuestionProps = { readonly doubts: readonly SendDoubt[]; readonly onAnswer: (send: boolean) => void };

/** Asks once, politely, when something may have been forgotten. */
export const SendQuestion = ({ doubts, onAnswer }: SendQuestionProps) => (
  <AlertDialog
    open={doubts.length > 0}
    onOpenChange={(open) => !open && onAnswer(false)}
    title="Send this message as it is?"
    text={
      <ul className={styles.doubts}>
        {doubts.map((doubt) => (
          <li key={doubt}>{sendDoubtWords[doubt]}</li>
        ))}
      </ul>
    }
    confirm="Send anyway"
    onConfirm={() => onAnswer(true)}
  />
);
