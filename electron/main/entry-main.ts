import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { app } from 'electron';
import { hiddenArgument } from './desktop/autostart';
import { closeChromiumSockets } from './program/chromium-switches';
import { declareAppScheme } from './window/app-protocol';
import { DesktopProgram } from './desktop-program';
import { writeLog } from './program/main-log';
import { askedProfile } from './program/profile-directory';
import { closeContents } from './window/web-security';

/** Starts the desktop program, or brings the one that already runs with this profile to the front. */
function main(): void {
  // The reader of the log may have closed it; mail goes on all the same.
  process.stderr.on('error', () => undefined);
  // Electron would stop everything for a box with the stack, also where nobody sits who could close it.
  process.on('uncaughtException', (error) => {
    writeLog('error', 'main-fault');
    if (!__PRODUCTION__) process.stderr.write(`${inspect(error)}\n`);
  });
  app.setName('Posthorn');
  closeChromiumSockets(app.commandLine);
  declareAppScheme();
  closeContents(app);
  const profile = askedProfile(process.argv, process.env);
  if (profile !== undefined) app.setPath('userData', profile);
  mkdirSync(app.getPath('userData'), { recursive: true, mode: 0o700 });
  // Chromium's own files, apart from the person's.
  app.setPath('sessionData', join(app.getPath('userData'), 'chromium'));
  // Chromium keys the lock by userData, so each profile has its own.
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('Posthorn is already open with this profile; its window is in front now.\n');
    app.exit(0);
    return;
  }
  const asksForWindow = (argv: readonly string[]): boolean => !argv.includes(hiddenArgument);
  const program = new DesktopProgram({
    profileDirectory: app.getPath('userData'),
    askedProfile: profile,
    hidden: !asksForWindow(process.argv) || app.getLoginItemSettings().wasOpenedAtLogin,
    asksForWindow,
  });
  void app.whenReady().then(() => program.start());
}

main();
