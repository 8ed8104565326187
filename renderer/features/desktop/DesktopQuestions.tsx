import { useDesktopQuestion } from '../../state/questions/desktop-question';
import { ClosingDialog } from './ClosingDialog';
import { QuitDialog } from './QuitDialog';

const forget = (): void => useDesktopQuestion.setState({ question: undefined });

/** What the desktop wants to have asked, over whatever page there is. */
export const DesktopQuestions = () => {
  const question = useDesktopQuestion((state) => state.question);
  if (question?.kind === 'tell-closing') return <ClosingDialog question={question} onClose={forget} />;
  if (question?.kind === 'ask-quit') return <QuitDialog question={question} onClose={forget} />;
  return null;
};
