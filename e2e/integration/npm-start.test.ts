import { expect, it, onTestFinished } from 'vitest';
import { DebuggedWindow } from '../harness/window/debugged-window';
import { privateDisplay } from '../harness/window/private-display';
import { temporaryFolder } from '../harness/process/temporary-folder';

it('npm start opens the window, and ends well when the person quits', async () => {
  const folder = temporaryFolder('start');
  onTestFinished(() => folder.remove());
  const display = await privateDisplay();
  onTestFinished(() => display.stop());
  const window = await DebuggedWindow.start({
    executable: 'npm',
    before: ['start', '--'],
    args: ['--profile', `${folder.path}/profile`],
    env: { DISPLAY: display.name },
  });
  onTestFinished(() => window.kill());
  await window.page.getByTestId('welcome-passphrase-form').waitFor();
  expect(await window.close()).toBe(0);
});
