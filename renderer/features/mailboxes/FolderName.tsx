import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import styles from './Rail.module.css';

export type FolderNameProps = {
  readonly label: string;
  readonly name: string;
  readonly depth: number;
  /** Answers whether the name was taken; else it can be typed anew. */
  readonly onName: (name: string) => Promise<boolean>;
  readonly onEnd: () => void;
};

/** A name being typed in its place in the rail: Enter takes it, Escape does not. */
export const FolderName = ({ label, name, depth, onName, onEnd }: FolderNameProps) => {
  const [typed, setTyped] = useState(name);
  const finish = async (): Promise<void> => {
    if (typed.trim() === '' || typed === name || (await onName(typed))) onEnd();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void finish();
    if (event.key === 'Escape') onEnd();
    event.stopPropagation();
  };
  return (
    <input
      type="text"
      dir="auto"
      // The person asked for it this moment.
      autoFocus
      spellCheck={false}
      autoComplete="off"
      maxLength={200}
      aria-label={label}
      className={styles.nameField}
      style={{ marginInlineStart: `${String(depth * 14)}px` }}
      data-testid="folder-name"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={keyDown}
      onFocus={(event) => event.target.select()}
      onBlur={onEnd}
    />
  );
};
