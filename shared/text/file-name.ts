import { plainLine } from './plain-line';

/**
 * Octets of a name: file systems take 255, and a system that finds the name taken adds to it. A longer one could not be
 * saved at all.
 */
const MAX_OCTETS = 200;
/** An ending that is longer is none. */
const MAX_ENDING_OCTETS = 32;
/** Devices of Windows, also with an ending or a blank behind. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?= ?(?:\.|$))/i;

/**
 * A name that somebody else gave to a file, made safe to show and to save under on every system: the last component
 * only, nothing invisible or padded, no device, no dot or blank at its ends, at most 200 octets of UTF-8 together with
 * its ending. `fallback` when nothing is left. A safe name stays as it is.
 */
export function safeFileName(given: string | null | undefined, fallback = 'attachment'): string {
  const whole = (given ?? '').slice(0, 4_000).replace(/\p{Cc}+/gu, '');
  const last = plainLine(whole).normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const named = trimEnds(last.replace(/[<>:"|?*]/g, '_'));
  return named === '' ? fallback : trimEnds(shorten(named.replace(RESERVED, '_$1')));
}

/** Cuts from the end, since a pattern that looks for the end begins anew at each dot. */
function trimEnds(name: string): string {
  let end = name.length;
  while (end > 0 && '. '.includes(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end).replace(/^[. ]+/, '');
}

function shorten(name: string): string {
  if (octetsOf(name) <= MAX_OCTETS) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && octetsOf(name.slice(dot)) <= MAX_ENDING_OCTETS ? name.slice(dot) : '';
  const room = MAX_OCTETS - octetsOf(ending);
  let kept = '';
  let size = 0;
  for (const character of name.slice(0, name.length - ending.length)) {
    size += octetsOf(character);
    if (size > room) break;
    kept += character;
  }
  return `${plainLine(kept)}${ending}`;
}

/** Of UTF-8; a lone surrogate is not among the characters. */
function octetsOf(text: string): number {
  let octets = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    octets += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return octets;
}
