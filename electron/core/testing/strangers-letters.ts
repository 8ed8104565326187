/**
 * Prints letters of one stranger as JSON: the stranger's address, and each message in base64. Argv: address and armored
 * key of the recipient, and the content of each, in JSON.
 */
import type { MailAddress } from '../../../shared/ids';
import { binaryKey, makeAttacker } from './attacker';

export type LettersOrder = {
  readonly address: MailAddress;
  readonly key: string;
  /** `html` stands in place of the text. */
  readonly letters: readonly { readonly subject: string; readonly html?: string }[];
};

const [, , order] = process.argv;
if (order === undefined) throw new Error('Say to whom to write');
const { address, key, letters } = JSON.parse(order) as LettersOrder;
const stranger = await makeAttacker({ localPart: 'stranger', now: Date.now() });

async function seal({ subject, html }: LettersOrder['letters'][number]): Promise<string> {
  const forgery = { message: { subject }, ...(html === undefined ? {} : { inner: withHtml(html) }) };
  return (await stranger.letter({ to: address, key: binaryKey(key), forgery })).toString('base64');
}

function withHtml(html: string): (entity: string) => string {
  const lines = Buffer.from(html).toString('base64').replace(/.{76}/gu, '$&\r\n');
  const part = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}`;
  return (entity) => entity.replace(/Content-Type: text\/plain[^]*?(?=\r\n--)/u, part);
}

process.stdout.write(JSON.stringify({ from: stranger.address, letters: await Promise.all(letters.map(seal)) }));
