import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog } from 'electron';
import { writeFileAtomically } from '../program/atomic-file';
import { safeFileName } from '../../../shared/text/file-name';
import { refusal } from './save-refusal';

export type FileToSave = { readonly suggestedName: string; readonly content: Uint8Array };

/**
 * Asks the person where to, and saves there.
 * @param window the window that the dialog belongs to
 * @returns `saved: false` when the person cancelled
 * @throws PosthornError `disk-full` or `internal` when the file cannot be written
 */
export async function saveFile(
  window: BrowserWindow,
  { suggestedName, content }: FileToSave,
): Promise<{ saved: boolean }> {
  const path = await askWhere(window, safeFileName(suggestedName, 'file'));
  if (path === undefined) return { saved: false };
  try {
    await writeFileAtomically(path, content);
    return { saved: true };
  } catch (error) {
    throw refusal(error);
  }
}

/**
 * Where to save: what the person chose in a native dialog.
 * @param name a file name that is safe already
 * @returns undefined when the person cancelled
 */
export async function askWhere(window: BrowserWindow, name: string): Promise<string | undefined> {
  const forTests = saveFolderOfTests();
  if (forTests !== undefined) return join(forTests, name);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), name),
  });
  return canceled || filePath === '' ? undefined : filePath;
}

/** The folder where an end-to-end test wants files instead of being asked; never in a package. */
export function saveFolderOfTests(): string | undefined {
  return app.isPackaged ? undefined : process.env['POSTHORN_E2E_SAVE_DIR'];
}
