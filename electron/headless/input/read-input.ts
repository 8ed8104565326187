import { PosthornError } from '../../../shared/errors';

/** The contract's own limit for the text of a message. */
const longest = 2_000_000;

/**
 * All of standard input as text.
 * @throws PosthornError `too-large` past what one message may hold
 */
export async function readInput(input: NodeJS.ReadStream): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of input as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longest * 4) throw tooLarge();
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  if (text.length > longest) throw tooLarge();
  return text;
}

function tooLarge(): PosthornError {
  return new PosthornError(
    'too-large',
    'The text is longer than a message may be. Nothing was sent; attach it as a file.',
  );
}
