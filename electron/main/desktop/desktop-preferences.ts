import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomically } from '../program/atomic-file';

/**
 * How this desktop and the program go along. Nothing about mail: it must be known before the passphrase is, so that the
 * file is readable without it.
 */
const DesktopPreferences = z.strictObject({
  /** Closing the window leaves the program running. */
  receivesWhenClosed: z.boolean(),
  /** The person has read what closing the window means. */
  closingTold: z.boolean(),
  asksBeforeQuit: z.boolean(),
});
type DesktopPreferences = z.infer<typeof DesktopPreferences>;

const atFirst: DesktopPreferences = { receivesWhenClosed: true, closingTold: false, asksBeforeQuit: true };

/** The preferences of one profile, kept in a file. */
export class PreferencesFile {
  readonly #path: string;
  #current: DesktopPreferences;
  #kept: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
    this.#current = read(path);
  }

  get current(): DesktopPreferences {
    return this.#current;
  }

  /** Holds at once, and for the next start when the promise resolves. @throws the file system's own error */
  change(part: Partial<DesktopPreferences>): Promise<void> {
    this.#current = { ...this.#current, ...part };
    const text = JSON.stringify(this.#current);
    const kept = this.#kept.then(() => writeFileAtomically(this.#path, Buffer.from(text)));
    this.#kept = kept.catch(() => undefined);
    return kept;
  }
}

function read(path: string): DesktopPreferences {
  try {
    return DesktopPreferences.parse({ ...atFirst, ...(JSON.parse(readFileSync(path, 'utf8')) as object) });
  } catch {
    return atFirst;
  }
}
