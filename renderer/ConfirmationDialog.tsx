import { useConfirmation } from './state/questions/confirmation';
import { AlertDialog } from './ui/dialogs/AlertDialog';

const close = (): void => useConfirmation.setState({ question: undefined });

/** Shows the question of `askToConfirm`. */
export const ConfirmationDialog = () => {
  const question = useConfirmation((confirmation) => confirmation.question);
  if (!question) return null;
  const answer = () => {
    close();
    question.run();
  };
  return (
    <AlertDialog
      open
      onOpenChange={close}
      title={question.title}
      text={question.text}
      confirm={question.confirm}
      tone={question.tone ?? 'primary'}
      onConfirm={answer}
    />
  );
};
