import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog } from 'electron';
import { PosthornError } from '../../shared/errors';
import { writeFileAtomically } from './atomic-file';
import { safeFileName } from './safe-file-name';

export type FileToSave = { readonly suggestedName: string; readonly content: Uint8Array };

/**
 * Asks the person where to, and saves there.
 * @param window the window that the dialog belongs to
 * @returns `saved: false` when the person cancelled
 * @throws PosthornError `disk-full` or `internal` when the file cannot be written
 */
export async function saveFile(window: BrowserWindow, { suggestedName, content }: FileToSave): Promise<{ saved: boolean }> {
  const path = await askWhere(window, safeFileName(suggestedName));
  if (path === undefined) return { saved: false };
  try {
    await writeFileAtomically(path, content);
    return { saved: true };
  } catch (error) {
    throw refusal(error);
  }
}

async function askWhere(window: BrowserWindow, name: string): Promise<string | undefined> {
  const forTests = app.isPackaged ? undefined : process.env['POSTHORN_E2E_SAVE_DIR'];
  if (forTests !== undefined) return join(forTests, name);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: join(app.getPath('downloads'), name) });
  return canceled || filePath === '' ? undefined : filePath;
}

function refusal(error: unknown): PosthornError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PosthornError('disk-full', 'The file was not saved: the disk is full. Free some space, or choose another place.', { cause: error });
  }
  return new PosthornError('internal', 'The file was not saved: that folder does not let Posthorn write. Choose another place.', { cause: error });
}
