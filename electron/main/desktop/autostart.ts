import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { app } from 'electron';
import { PosthornError } from '../../../shared/errors';
import { writeFileAtomically } from '../program/atomic-file';
import { autostartEntry, isEntryOn } from './autostart-entry';

/** The argument of a start at login: no window is opened. */
export const hiddenArgument = '--hidden';

/**
 * Whether the desktop starts Posthorn when the person logs in. Linux desktops read a file for it, which is the only
 * memory of this switch; other systems keep a list of their own.
 */
export class Autostart {
  /** The profile that was asked for, and undefined for the usual one. */
  readonly #profile: string | undefined;

  constructor(profile: string | undefined) {
    this.#profile = profile;
  }

  async isOn(): Promise<boolean> {
    if (process.platform !== 'linux') return app.getLoginItemSettings({ args: this.#arguments() }).openAtLogin;
    return isEntryOn(await readFile(this.#path(), 'utf8').catch(() => 'Hidden=true'));
  }

  /** @throws PosthornError when the desktop's folder cannot be written */
  async set(on: boolean): Promise<void> {
    if (process.platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: on, args: this.#arguments() });
      return;
    }
    try {
      if (on) await this.#write();
      else await rm(this.#path(), { force: true });
    } catch (error) {
      throw new PosthornError(
        'internal',
        'The start at login was not changed: the desktop’s folder for it cannot be written. Your mail is not affected.',
        { cause: error },
      );
    }
  }

  /** A program that was moved or replaced is started from where it is now. */
  async renew(): Promise<void> {
    if (process.platform === 'linux' && (await this.isOn())) await this.#write();
  }

  async #write(): Promise<void> {
    await mkdir(this.#folder(), { recursive: true, mode: 0o700 });
    const entry = autostartEntry([this.#program(), ...this.#arguments()]);
    const before = await readFile(this.#path(), 'utf8').catch(() => undefined);
    if (entry !== before) await writeFileAtomically(this.#path(), Buffer.from(entry));
  }

  #folder(): string {
    const config = process.env['XDG_CONFIG_HOME'] ?? '';
    // The specification has a relative path passed over.
    return join(isAbsolute(config) ? config : join(homedir(), '.config'), 'autostart');
  }

  /** A file for each profile: one that is turned off must not end the other’s. */
  #path(): string {
    const mark =
      this.#profile === undefined ? '' : `-${createHash('sha256').update(this.#profile).digest('hex').slice(0, 12)}`;
    return join(this.#folder(), `posthorn${mark}.desktop`);
  }

  /** What is mounted for an AppImage has another path at each start. */
  #program(): string {
    return process.env['APPIMAGE'] ?? process.execPath;
  }

  #arguments(): string[] {
    return [
      ...(app.isPackaged ? [] : [app.getAppPath()]),
      hiddenArgument,
      ...(this.#profile === undefined ? [] : ['--profile', this.#profile]),
    ];
  }
}
