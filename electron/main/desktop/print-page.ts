import type { BrowserWindow, WebContents } from 'electron';
import { saveFile, saveFolderOfTests } from './save-file';

/**
 * Puts the page, as its print styles show it, on paper by the desktop's print dialog; where there is no printer, into a
 * PDF file.
 * @throws PosthornError when the file cannot be written
 */
export async function printPage(window: BrowserWindow): Promise<void> {
  const { webContents } = window;
  if (await hasPrinter(webContents)) return print(webContents);
  const content = new Uint8Array(await webContents.printToPDF({ pageSize: 'A4', printBackground: true }));
  await saveFile(window, { suggestedName: 'posthorn.pdf', content });
}

async function hasPrinter(contents: WebContents): Promise<boolean> {
  if (saveFolderOfTests() !== undefined) return false;
  return (await contents.getPrintersAsync().catch(() => [])).length > 0;
}

/** Resolves when the dialog is gone, whatever the person chose: the desktop itself tells them of trouble with paper. */
function print(contents: WebContents): Promise<void> {
  return new Promise((resolve) => {
    contents.print({ silent: false, printBackground: true }, () => resolve());
  });
}
