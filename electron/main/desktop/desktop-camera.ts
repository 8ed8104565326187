import { systemPreferences } from 'electron';

/** Whether the desktop itself lets Posthorn use a camera; macOS asks the person the first time. */
export async function desktopAllowsCamera(): Promise<boolean> {
  return process.platform === 'darwin' ? systemPreferences.askForMediaAccess('camera') : true;
}
