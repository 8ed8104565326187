import { Paperclip } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/Icon';
import { useFileDrop } from '../../../ui/use-file-drop';
import styles from './DropZone.module.css';

export type DropZoneProps = { readonly onFiles: (files: readonly File[]) => void; readonly children: ReactNode };

/** Takes files that are dragged onto it. The button beside Send does the same for the keyboard. */
export const DropZone = ({ onFiles, children }: DropZoneProps) => {
  const { over, handlers } = useFileDrop(onFiles);
  return (
    <div className={styles.zone} role="presentation" {...handlers} data-testid="compose-drop">
      {children}
      {over && (
        <div className={styles.cover}>
          <Icon icon={Paperclip} size={24} />
          Drop to attach
        </div>
      )}
    </div>
  );
};
