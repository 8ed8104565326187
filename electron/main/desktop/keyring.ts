import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { writeFileAtomically } from '../program/atomic-file';

/** The calls in use here. Electron has twins of them that do not block, but only in versions newer than the tests'. */
type KeyringCalls = {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
};
const desktopKeyring: KeyringCalls = safeStorage;

/**
 * The passphrase in the desktop's own keyring, as far as there is a real one. Electron falls back to a fixed key on
 * Linux desktops without a keyring; that would only look like a lock, so it counts as none.
 */
export class Keyring {
  readonly #path: string;

  constructor(profileDirectory: string) {
    this.#path = join(profileDirectory, 'keyring.bin');
  }

  available(): boolean {
    if (!desktopKeyring.isEncryptionAvailable()) return false;
    if (process.platform !== 'linux') return true;
    // What cannot be named is not trusted.
    const backend = safeStorage.getSelectedStorageBackend();
    return backend !== 'basic_text' && backend !== 'unknown';
  }

  /** @returns undefined when nothing is kept, or the keyring can no longer open it */
  async recall(): Promise<string | undefined> {
    if (!this.available()) return undefined;
    try {
      return desktopKeyring.decryptString(await readFile(this.#path));
    } catch {
      return undefined;
    }
  }

  async remembers(): Promise<boolean> {
    return (await this.recall()) !== undefined;
  }

  /** @returns false when there is no keyring to keep it in */
  async remember(passphrase: string): Promise<boolean> {
    if (!this.available()) return false;
    await writeFileAtomically(this.#path, desktopKeyring.encryptString(passphrase));
    return true;
  }

  async forget(): Promise<void> {
    await rm(this.#path, { force: true });
  }
}
