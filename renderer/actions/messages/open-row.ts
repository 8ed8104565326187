import { openMessage } from './open-message';
import { goToRow } from './move-cursor';
import { findTargetRows } from './find-targets';
import { focusPane } from '../window/focus-pane';

/** Opens the row under the keyboard and goes on reading there; a draft opens in the composer. */
export const openRow = (): void => {
  const [row] = findTargetRows();
  if (!row) return;
  if (row.newest.folder === 'drafts') {
    openMessage(row.newest);
    return;
  }
  goToRow(row);
  focusPane('reader');
};
