import type { DragEvent } from 'react';
import { moveRows } from '../../actions/messages/act-on-rows';
import type { MailboxRef } from '../../../shared/mailbox';
import type { Services } from '../../state/services';
import { draggedRows, isRowDrag } from '../../state/visible-rows';

/** Makes something a place that rows of the list can be dropped on. */
export const rowDrop = (services: Services, folder: MailboxRef) => ({
  onDragOver: (event: DragEvent<HTMLElement>) => {
    if (!isRowDrag(event.dataTransfer.types)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move' as const;
    event.currentTarget.dataset['over'] = 'true';
  },
  onDragLeave: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['over'];
  },
  onDrop: (event: DragEvent<HTMLElement>) => {
    delete event.currentTarget.dataset['over'];
    const rows = draggedRows(event.dataTransfer);
    if (rows.length === 0) return;
    event.preventDefault();
    void moveRows(services, folder, rows);
  },
});
