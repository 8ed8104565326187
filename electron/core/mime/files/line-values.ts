/** Letters and digits alone, so long that nobody reads them: a picture or a key in base64. */
const OCTETS = /^[\w+/=]{200,}$/u;

/** The values of a calendar or a card (RFC 5545, RFC 6350) without its names and parameters, a line each. */
export function lineValues(text: string): string {
  return text
    .replaceAll(/\r?\n[ \t]/gu, '')
    .split(/\r?\n/u)
    .map((line) => line.slice(line.indexOf(':') + 1))
    .filter((value) => !OCTETS.test(value) && !value.startsWith('data:'))
    .map((value) => value.replaceAll(/\\[nN]/gu, '\n').replaceAll(/\\(.)/gu, '$1'))
    .join('\n');
}
