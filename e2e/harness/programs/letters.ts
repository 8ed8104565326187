import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** A letter as one of Debian's mail programs has written it (scripts/letters), and the subject that it means. */
export type Letter = {
  readonly name: string;
  readonly messageId: string;
  readonly subject: string;
  /** With line ends of CR LF. */
  readonly octets: Buffer;
};

/** So many letters, of as many programs and kinds as there can be; other ones behind a start. */
export function someLetters(count: number, start = 0): Letter[] {
  const folder = resolve('e2e/letters');
  const texts = JSON.parse(readFileSync(`${folder}/texts.json`, 'utf8')) as Readonly<
    Record<string, { readonly subject: string }>
  >;
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  // A prime that does not divide their number: no letter comes twice before each has come once.
  const chosen = Array.from({ length: count }, (_, index) => names[((start + index) * 17) % names.length]!);
  return chosen.map((name) => {
    const octets = readFileSync(`${folder}/${name}`);
    const messageId = /^message-id:\s*(<[^>]*>)/imu.exec(octets.toString('latin1'))?.[1] ?? '';
    const { subject } = texts[name.split('.')[1]!]!;
    return { name, messageId, subject: name.startsWith('git-') ? `[PATCH] ${subject}` : subject, octets };
  });
}
