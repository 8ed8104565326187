/**
 * A display of our own for windows nobody watches: tests, screenshots, the demo on a server. Plain Node, no packages.
 */
import { spawn } from 'node:child_process';
import { SetUpError, leashed } from './terminal.mjs';

/**
 * Starts an X server without a screen on a display number that is free.
 * @param {{width?: number, height?: number}} size in pixels
 * @returns {Promise<{display: string, pid: number, stop: () => Promise<void>}>} `display` such as `:7`
 * @throws {SetUpError} when Xvfb is not installed or does not come up
 */
export async function startXvfb({ width = 1600, height = 1000 } = {}) {
  const options = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'];
  // The X server must not outlive a test run that was killed.
  const child = spawn(...leashed('Xvfb', options), { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const number = await displayNumber(child, gone);
  child.unref();
  child.stdio[3].destroy();
  const stop = async () => {
    child.ref();
    child.kill('SIGTERM');
    await gone;
  };
  return { display: `:${number}`, pid: child.pid, stop };
}

/** The server writes the number of its display, and a line feed, once it takes connections. */
async function displayNumber(child, gone) {
  let text = '';
  const written = new Promise((resolve) => {
    child.stdio[3].on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(text.trim());
    });
  });
  const number = await Promise.race([written, gone.then(() => undefined)]);
  if (number === undefined) throw new SetUpError('Xvfb could not be started. On Debian: apt-get install xvfb');
  return number;
}

/**
 * Runs `action` with a display: the one of this session, or a new one that ends with it.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} action gets the environment for its programs
 * @param {{always?: boolean}} options `always`: a display of our own even when there is one
 * @returns {Promise<T>}
 */
export async function withDisplay(action, { always = false } = {}) {
  if (!always && hasDisplay()) return action(process.env);
  const { WAYLAND_DISPLAY: _omitted, ...rest } = process.env;
  const xvfb = await startXvfb();
  try {
    return await action({ ...rest, DISPLAY: xvfb.display, XDG_SESSION_TYPE: 'x11' });
  } finally {
    await xvfb.stop();
  }
}

/** Whether windows opened now would be seen by somebody. Other systems than Linux always have a screen. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
