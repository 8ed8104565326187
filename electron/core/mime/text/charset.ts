import { lacksMemory } from '../../worker/lacks-memory';
import iconv from 'iconv-lite';
import { charsetName } from './charset-name';
import { unshifted } from './shifted-text';

/** What says nothing about octets above 127: programs write it because they ask nobody. */
const UNDECLARED = /^(?:|us-ascii|ascii|ansi_x3\.4-1968|x-unknown|unknown(?:-8bit)?|default|none)$/;
/** What the platform does not decode: code pages of DOS and of mainframes, UTF-7, UTF-32, national sets. */
const RARE =
  /^(?:(?:cp|ibm|csibm|cspc)-?\d{2,5}|(?:unicode-1-1-)?utf-?7|utf-?32(?:be|le)?|iso-8859-16|armscii-8|viscii|tcvn|mik|georgian-ps|latin\d{1,2}|hp-roman8|pt154|rk1048|mac[a-z]{2,12})$/;
/** Begins Japanese in ISO-2022-JP; no other text holds it. */
const JAPANESE_SHIFT = /\x1b\$[@B]/;
/** Node 20 decodes it as Latin-1, without quotation marks and dashes. */
const WESTERN = 'windows-1252';

/**
 * The text of octets. `charset` is what their writer declared, undefined for nothing: a name that is not known, or that
 * says nothing, counts as none. Then they are UTF-8 when they can be, else Windows-1252, as browsers read them; a byte
 * order mark decides, and is left out. A shift to Japanese is taken for one. Never throws.
 */
export function decodeText(octets: Uint8Array, charset: string | undefined): string {
  const label = charsetName(charset ?? '');
  if (UNDECLARED.test(label) || startsWithMark(octets)) return guessText(octets);
  const eightBit = unshifted(octets, label);
  return eightBit ? decodeAs(eightBit.octets, eightBit.charset) : decodeAs(octets, label);
}

/** Whether a name says which letters octets above 127 are: programs write US-ASCII without having looked. */
export function isDeclared(charset: string | undefined): boolean {
  const label = charsetName(charset ?? '');
  const isKnown = decoderOf(label) !== undefined || isRare(label) || unshifted(new Uint8Array(), label) !== undefined;
  return isKnown && !UNDECLARED.test(label);
}

const isRare = (label: string): boolean => RARE.test(label) && iconv.encodingExists(label);

/** The mark of UTF-8; as letters of any other charset it is nonsense. */
const startsWithMark = ([first, second, third]: Uint8Array): boolean =>
  first === 0xef && second === 0xbb && third === 0xbf;

function decodeAs(octets: Uint8Array, label: string): string {
  const decoder = decoderOf(label === 'utf-16' || label === 'utf16' ? utf16Of(octets) : label);
  if (decoder?.encoding === WESTERN) return iconv.decode(octets, WESTERN);
  if (decoder) return decoder.decode(withoutIdleShifts(octets, decoder.encoding));
  return isRare(label) ? iconv.decode(octets, label) : guessText(octets);
}

/**
 * A shift to ASCII right before the next shift says nothing; it stands where encoded words are joined. Browsers'
 * decoders put a replacement character there.
 */
function withoutIdleShifts(octets: Uint8Array, encoding: string): Uint8Array {
  if (encoding !== 'iso-2022-jp') return octets;
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
  return Buffer.from(text.replace(/\x1b\([BJ](?=\x1b)/g, ''), 'latin1');
}

/** RFC 2781 4.3: a mark at the beginning decides, else big endian; a Latin text betrays itself by its zeros. */
function utf16Of([first, second]: Uint8Array): string {
  const isLittle = (first === 0xff && second === 0xfe) || (second === 0 && first !== 0);
  return isLittle ? 'utf-16le' : 'utf-16be';
}

function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}

function guessText(octets: Uint8Array): string {
  const [first = 0, second = 0] = octets;
  if (first + second === 0xfe + 0xff && Math.max(first, second) === 0xff) return decodeText(octets, 'utf-16');
  if (isShiftedJapanese(octets)) return decodeText(octets, 'iso-2022-jp');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch (error) {
    if (lacksMemory(error)) throw error;
    return iconv.decode(octets, WESTERN);
  }
}

/** Old programs of Japan sent it without a word. */
function isShiftedJapanese(octets: Uint8Array): boolean {
  if (!octets.includes(0x1b)) return false;
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
  return JAPANESE_SHIFT.test(text) && !/[\x80-\xff]/.test(text);
}
