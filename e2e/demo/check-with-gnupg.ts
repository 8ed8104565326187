import { readFileSync } from 'node:fs';
import { Gpg } from '../interop/gpg';
import { sealedPart } from '../interop/sealed-part';

/** Files that the windows saved, and what GnuPG is to find in them. */
export type SavedFiles = {
  readonly secretKey: string;
  readonly passphrase: string;
  readonly senderKeys: string;
  readonly eml: string;
  readonly sender: string;
  readonly expectedText: string;
};

/**
 * Opens a saved message with GnuPG alone, given only what the two windows exported.
 * @returns the two lines that prove it: the verdict on the signature and the onion's certification of the sender's key
 * @throws Error when GnuPG does not decrypt it, does not find the signature good, or does not list the certification as
 *   good
 */
export async function checkWithGnupg(files: SavedFiles): Promise<readonly [string, string]> {
  const gpg = Gpg.open();
  const locked = ['--passphrase', files.passphrase];
  try {
    await gpg.run([...locked, '--import'], readFileSync(files.secretKey));
    await gpg.run(['--import'], readFileSync(files.senderKeys));
    const opened = await gpg.try([...locked, '--decrypt'], sealedPart(readFileSync(files.eml)));
    if (opened.status !== 0 || !opened.stdout.includes(files.expectedText))
      throw new Error(`GnuPG did not open the message:\n${opened.stderr}`);
    const listed = await gpg.run(['--check-sigs', files.sender]);
    return [lineLike(opened.stderr, /Good signature/u), lineLike(listed, /sig!3.*\.onion$/mu)];
  } finally {
    await gpg.remove();
  }
}

function lineLike(text: string, pattern: RegExp): string {
  const line = text.split('\n').find((each) => pattern.test(each));
  if (line === undefined) throw new Error(`GnuPG said nothing like ${String(pattern)}:\n${text}`);
  return line.trim();
}
