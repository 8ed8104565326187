import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../harness/process/temporary-folder';
import { waitFor } from '../harness/process/wait-for';
import type { ProgramLogin } from '../harness/programs/let-program-in';
import { Marionette } from './marionette';
import { thunderbirdPreferences } from './thunderbird-preferences';
import {
  closeMailScript,
  importPublicKeyScript,
  importSecretKeyScript,
  openMailScript,
  picturedMailScript,
} from './thunderbird-scripts';

/** Debian's; the command in /usr/bin is a script that would stay between us and the program. */
const program = '/usr/lib/thunderbird/thunderbird';
/** Ends it together with the test run, also when that is killed. */
const leash = ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] as const;

/** What Thunderbird's message window shows of a mail. */
export type ShownMail = {
  readonly subject: string;
  readonly from: string;
  readonly text: string;
  /** `ok`: the padlock; `notok`: there is no key for it; `none`: it could not be opened. */
  readonly encrypted: string;
  /**
   * `verified`: good, by an accepted key; `unknown`: by a key that is missing or not accepted; `none`: nothing it could
   * read.
   */
  readonly signed: string;
  /** The sentence that goes with `signed`. */
  readonly explained: string;
};

/** Key identifiers that Thunderbird took over, and what it complains about. */
export type KeyImport = { readonly imported: readonly string[]; readonly error: string };

/** A real Thunderbird of its own profile, without a display and without a network. */
export class Thunderbird {
  readonly #child: ChildProcess;
  readonly #marionette: Marionette;
  readonly #folder: TemporaryFolder;

  private constructor(o: { child: ChildProcess; marionette: Marionette; folder: TemporaryFolder }) {
    this.#child = o.child;
    this.#marionette = o.marionette;
    this.#folder = o.folder;
  }

  /**
   * Starts one for the person with this address; resolves when its main window is there.
   *
   * @param login whose mail it reads and sends by IMAP and submission; without it there are local folders alone
   */
  static async start(address: string, login?: ProgramLogin): Promise<Thunderbird> {
    const folder = temporaryFolder('thunderbird');
    const profile = join(folder.path, 'profile');
    mkdirSync(profile);
    writeFileSync(join(profile, 'user.js'), thunderbirdPreferences(address, login));
    const child = launch(folder.path, profile);
    try {
      const marionette = await Marionette.connect(await Promise.race([activePort(profile), endOf(child)]));
      return new Thunderbird({ child, marionette, folder });
    } catch (error) {
      await end(child);
      folder.remove();
      throw error;
    }
  }

  /** Imports a secret key, as the key manager's import does, as this person's own. @throws when nothing is imported */
  importSecretKey(o: { block: string; passphrase: string; fingerprint: string }): Promise<KeyImport> {
    return this.#marionette.run(importSecretKeyScript, [o.block, o.passphrase, o.fingerprint]) as Promise<KeyImport>;
  }

  /** Imports another person's key and says how far it is accepted. */
  importPublicKey(block: string, acceptance: 'undecided' | 'unverified' | 'verified'): Promise<KeyImport> {
    return this.#marionette.run(importPublicKeyScript, [block, acceptance]) as Promise<KeyImport>;
  }

  /** Opens a message in a window, as a double click on the saved file does; `picture`: PNG of the window. */
  async open(mail: Uint8Array, o: { readonly picture?: string } = {}): Promise<ShownMail> {
    // A name of its own each time: Thunderbird keeps what it found out about a file's message.
    const file = join(this.#folder.path, `${randomUUID()}.eml`);
    writeFileSync(file, mail);
    const shown = (await this.#marionette.run(openMailScript, [file])) as ShownMail;
    if (o.picture !== undefined) await this.#savePicture(o.picture);
    await this.#marionette.run(closeMailScript);
    return shown;
  }

  /** Runs the body of an async function in Thunderbird; what it returns has to be JSON. */
  run(script: string, args: readonly unknown[] = []): Promise<unknown> {
    return this.#marionette.run(script, args);
  }

  /** Ends the program and removes its profile. */
  async stop(): Promise<void> {
    this.#marionette.close();
    await end(this.#child);
    this.#folder.remove();
  }

  async #savePicture(name: string): Promise<void> {
    const path = resolve('test-results/screenshots', `${name}.png`);
    const png = (await this.#marionette.run(picturedMailScript)) as string;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(png, 'base64'));
  }
}

/** Nothing of this machine's user reaches it. */
function launch(home: string, profile: string): ChildProcess {
  const options = ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile];
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    MOZ_CRASHREPORTER_DISABLE: '1',
    MOZ_HEADLESS_WIDTH: '1280',
    MOZ_HEADLESS_HEIGHT: '900',
  };
  const [command, ...args] = leash;
  return spawn(command, [...args, program, ...options], { env, stdio: 'ignore' });
}

async function endOf(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('Thunderbird could not be started');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** The port of its choice, which it leaves in a file of the profile. */
function activePort(profile: string): Promise<number> {
  const read = (): number | undefined => {
    try {
      return Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8')) || undefined;
    } catch {
      return undefined;
    }
  };
  return waitFor(read, {
    what: 'Thunderbird to take commands',
    changed: (listener) => {
      const watcher = watch(profile, () => listener());
      return () => watcher.close();
    },
  });
}
