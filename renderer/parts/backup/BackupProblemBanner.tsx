import type { BackupProblem } from '../../../shared/backup';
import { Banner } from '../../ui/Banner';
import { backupProblemWords } from '../../words/backup-words';

/** Why a backup cannot be used, and what to do. */
export const BackupProblemBanner = ({ problem }: { readonly problem: BackupProblem }) => {
  const { title, sentence } = backupProblemWords[problem];
  return (
    <Banner tone="danger" testId={`backup-problem-${problem}`}>
      <strong>{title}.</strong> {sentence}
    </Banner>
  );
};
