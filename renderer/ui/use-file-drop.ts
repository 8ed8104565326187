import { useState } from 'react';
import type { DragEvent } from 'react';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

type DropHandlers = {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
};

/**
 * Takes files that are dragged onto an element: spread `handlers` on it; `over` while some are held above it. Other
 * things that are dragged pass by.
 */
export const useFileDrop = (
  onFiles: (files: readonly File[]) => void,
): { readonly over: boolean; readonly handlers: DropHandlers } => {
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
  return { over, handlers: { onDragOver, onDragLeave, onDrop } };
};
