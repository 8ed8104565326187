import { Paperclip } from 'lucide-react';
import { useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { Icon } from '../../ui/Icon';
import styles from './DropZone.module.css';

export type DropZoneProps = { readonly onFiles: (files: readonly File[]) => void; readonly children: ReactNode };

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

/** Takes files that are dragged onto it. The button beside Send does the same for the keyboard. */
export const DropZone = ({ onFiles, children }: DropZoneProps) => {
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
    setOver(false);
  };
  const onDrop = (event: DragEvent) => {
    setOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div className={styles.zone} role="presentation" onDragOver={onDragOver} onDragLeave={onDragLeave} onDrop={onDrop} data-testid="compose-drop">
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
