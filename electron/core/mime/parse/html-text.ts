import { MAX_HTML_CHARACTERS } from '../../domain/limits';
import PostalMime from 'postal-mime';

/** The words of an HTML body as plain text, for search and for the plain view; never for the sandboxed reader. */
export async function plainTextOf(html: string): Promise<string> {
  // postal-mime turns HTML into text when a message has a plain part beside it, so it is given one.
  const boundary = 'x';
  const entity = [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain',
    '',
    '',
    `--${boundary}`,
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(withoutHidden(html.slice(0, MAX_HTML_CHARACTERS)), 'utf8')
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n'),
    `--${boundary}--`,
    '',
  ].join('\r\n');
  const { text } = await PostalMime.parse(entity);
  return (text ?? '').trim();
}

/** Without style sheets and scripts; one that is never closed hides the rest, as it does in a browser. */
function withoutHidden(html: string): string {
  return ['style', 'script'].reduce(withoutElement, html);
}

function withoutElement(html: string, name: string): string {
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const kept: string[] = [];
  let at = 0;
  while (at >= 0 && at < html.length) {
    const start = lower.indexOf(`<${name}`, at);
    kept.push(html.slice(at, start < 0 ? undefined : start));
    const end = start < 0 ? -1 : lower.indexOf(`</${name}`, start);
    at = end < 0 ? -1 : end;
  }
  return kept.join('');
}
