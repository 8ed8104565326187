import { readPassphrase } from './read-passphrase';

const longest = 4_096;

/**
 * Two passphrases: the first two lines of standard input, or asked for one after the other at a terminal.
 * @param labels what each is for, shown at a terminal
 * @throws RangeError when one is missing or longer than any passphrase
 */
export async function readPassphrases(
  input: NodeJS.ReadStream,
  labels: readonly [string, string],
): Promise<[string, string]> {
  if (input.isTTY) {
    const asked: string[] = [];
    for (const label of labels) {
      process.stderr.write(`${label}\n`);
      asked.push(await readPassphrase(input));
    }
    return checked(asked);
  }
  let text = '';
  for await (const part of input as AsyncIterable<Buffer>) {
    text += part.toString('utf8');
    if (text.split('\n').length > 2 || text.length > 2 * longest) break;
  }
  return checked(text.split('\n').map((line) => line.replace(/\r$/u, '')));
}

function checked([first = '', second = '']: readonly string[]): [string, string] {
  const isSound = [first, second].every((line) => line !== '' && line.length <= longest);
  if (!isSound)
    throw new RangeError(
      'Give both passphrases, a line each, on standard input: that of the backup, then the one for the new profile.',
    );
  return [first, second];
}
