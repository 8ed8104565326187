import { FolderOpen } from 'lucide-react';
import { useId, useRef } from 'react';
import type { ChangeEvent } from 'react';
import { Button } from '../ui/Button';
import { sizeText } from '../words/size-text';
import styles from './FileChoice.module.css';

export type FileChoiceProps = {
  /** The words on the button, such as «Choose the backup…». */
  readonly label: string;
  readonly file: File | undefined;
  readonly onChoose: (file: File) => void;
  /** Endings that the desktop’s dialog offers first. */
  readonly accept?: string;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly testId: string;
};

/** A button that opens the desktop’s dialog for one file, and the file that was chosen. */
export const FileChoice = ({
  label,
  file,
  onChoose,
  accept,
  error,
  disabled = false,
  autoFocus = false,
  testId,
}: FileChoiceProps) => {
  const picker = useRef<HTMLInputElement>(null);
  const id = useId();
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = event.target.files?.[0];
    event.target.value = '';
    if (chosen) onChoose(chosen);
  };
  return (
    <div>
      <div className={styles.choice}>
        <input ref={picker} type="file" hidden accept={accept} onChange={pick} data-testid={`${testId}-input`} />
        <Button
          icon={FolderOpen}
          disabled={disabled}
          autoFocus={autoFocus}
          aria-describedby={id}
          onClick={() => picker.current?.click()}
          data-testid={testId}
        >
          {file === undefined ? label : 'Another file…'}
        </Button>
        <div id={id} className={styles.words} aria-live="polite">
          {file === undefined ? (
            <p className={styles.none}>No file chosen yet</p>
          ) : (
            <>
              <p className={styles.name} title={file.name} data-testid={`${testId}-name`}>
                {file.name}
              </p>
              <p className={styles.size}>{sizeText(file.size)}</p>
            </>
          )}
        </div>
      </div>
      {error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
