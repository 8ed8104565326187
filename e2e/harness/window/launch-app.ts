import { resolve } from 'node:path';
import { _electron } from 'playwright';
import type { ElectronApplication, Page } from 'playwright';
import { ChildOutput } from '../process/child-output';
import { electronArguments, electronProgram } from './electron-program';
import { ownDisplay } from './own-display';
import { patienceMs } from '../process/patience';
import { temporaryFolder } from '../process/temporary-folder';

export type LaunchOptions = {
  /** A word for the temporary folder, such as the name of the person. */
  readonly name: string;
  /** An existing profile to open again; by default a new one that goes with the window. */
  readonly profile?: string;
  /**
   * Lines for tor's configuration: the private network's (`inject('tornet')`). Without them tor has no network at all.
   */
  readonly torrc?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** More for Chromium, such as `fakeCameraArguments`. */
  readonly args?: readonly string[];
  /** The folder or executable to run: the built clone by default. */
  readonly application?: string;
};

/** The program, running, with or without a window. */
export type RunningProgram = {
  readonly app: ElectronApplication;
  readonly profile: string;
  /** Where the window saves files instead of asking. */
  readonly saveDirectory: string;
  readonly stderr: ChildOutput;
  /** Ends it as a person would, and waits until it is gone. A profile of its own is kept until `remove`. */
  close(): Promise<void>;
  /** Removes what the launch made on the disk. */
  remove(): void;
};

/** A real window of Posthorn, driven from outside. */
export type RunningApp = RunningProgram & { readonly page: Page };

/** No directory authority is at this address: a test without a network of its own never reaches the public one. */
const nowhere = [
  'DirAuthority nowhere orport=9 no-v2 v3ident=0000000000000000000000000000000000000001 127.0.0.1:9 0000000000000000000000000000000000000002',
];

/**
 * Starts the built program in its own profile and waits for its window. Needs a display (scripts/xvfb.mjs makes one).
 */
export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const program = await launchProgram(options);
  return { ...program, page: await program.app.firstWindow({ timeout: patienceMs }) };
}

/** As `launchApp`, also where no window is opened. */
export async function launchProgram(options: LaunchOptions): Promise<RunningProgram> {
  const folder = temporaryFolder(options.name);
  const profile = options.profile ?? resolve(folder.path, 'profile');
  const app = await _electron.launch({
    executablePath: await electronProgram(),
    args: [...electronArguments(), ...(options.args ?? []), options.application ?? resolve('.'), '--profile', profile],
    timeout: patienceMs,
    // Playwright would otherwise pretend that the desktop is light.
    colorScheme: null,
    env: {
      ...definedOnly(process.env),
      ...ownDisplay(),
      POSTHORN_TEST_TORRC: JSON.stringify(options.torrc ?? nowhere),
      POSTHORN_E2E_SAVE_DIR: folder.path,
      ...options.env,
    },
  });
  const { stderr } = app.process();
  if (stderr === null) throw new Error('The program has no standard error');
  const output = new ChildOutput(stderr);
  app.context().setDefaultTimeout(patienceMs);
  return {
    app,
    profile,
    saveDirectory: folder.path,
    stderr: output,
    close: () => app.close(),
    remove: folder.remove,
  };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
