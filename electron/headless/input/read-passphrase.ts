import type { ReadStream } from 'node:tty';

const longest = 4_096;
const keys = { enter: ['\r', '\n'], erase: ['\u007f', '\b'], interrupt: '\u0003', end: '\u0004' } as const;

/**
 * The first line of standard input, without its line end: the passphrase. At a terminal it is asked for and not shown.
 * @throws RangeError when the line is empty or longer than any passphrase
 */
export async function readPassphrase(input: NodeJS.ReadStream): Promise<string> {
  const line = input.isTTY ? await askUnseen(input) : await firstLine(input);
  if (line === '' || line.length > longest)
    throw new RangeError('Give the passphrase as the first line of standard input.');
  return line;
}

async function firstLine(input: NodeJS.ReadStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of input as AsyncIterable<Buffer>) {
    parts.push(part);
    if (part.includes(0x0a) || Buffer.concat(parts).length > longest) break;
  }
  return (Buffer.concat(parts).toString('utf8').split('\n')[0] ?? '').replace(/\r$/u, '');
}

function askUnseen(input: ReadStream): Promise<string> {
  process.stderr.write('Passphrase: ');
  input.setRawMode(true);
  input.setEncoding('utf8');
  return new Promise((resolve) => {
    let typed = '';
    const finish = (text: string): void => {
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      process.stderr.write('\n');
      resolve(text);
    };
    const take = (text: string): void => {
      for (const key of text) {
        if (keys.enter.some((enter) => enter === key)) return finish(typed);
        if (key === keys.interrupt || key === keys.end) return finish('');
        typed = keys.erase.some((erase) => erase === key) ? typed.slice(0, -1) : typed + key;
      }
    };
    input.on('data', take);
    input.resume();
  });
}
