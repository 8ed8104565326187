import { MAX_FILE_NAME_BYTES } from '../../domain/limits';
import { wellFormed } from './well-formed';

const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;
/** Controls, line and paragraph separators, what turns the direction of writing, and characters of no width. */
const INVISIBLE = /[\p{Cc}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * A name a peer gave to a file, made safe to show and to save under on every system: the last component only, nothing
 * invisible, no reserved name, no leading dot, at most 255 octets of UTF-8 with the extension kept.
 */
export function safeFileName(given: string | null | undefined, fallback = 'attachment'): string {
  const bare = wellFormed((given ?? '').slice(0, 4_000))
    .replace(INVISIBLE, '')
    .normalize('NFC');
  const last = bare.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[<>:"|?*]/g, '_').replace(/^[. ]+|[. ]+$/g, '');
  const named = plain === '' ? fallback : plain.replace(RESERVED, '_$1');
  return shorten(named);
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_FILE_NAME_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  const room = MAX_FILE_NAME_BYTES - Buffer.byteLength(extension);
  let kept = '';
  let size = 0;
  for (const character of name.slice(0, name.length - extension.length)) {
    size += Buffer.byteLength(character);
    if (size > room) break;
    kept += character;
  }
  return kept + extension;
}
