import { PosthornError } from '../../../../shared/errors';
import { present } from '../../../../shared/present';
import type { IncomingAttachment, InnerBodies } from '../../ports/mime';
import { checkOctets } from '../octets/octet-checks';
import { readStructure, type MimePart } from '../octets/structure-checks';
import { isBlank } from '../text/is-blank';
import { isOnionKey } from './key-parts';
import { isMultipart, KEY_TYPE } from './leaves';
import { contentIdOf, dispositionOf, fileNameOf, readAttachment } from './read-attachment';
import { htmlOfText, isTextType, readText, type ShownText } from './read-text';

type Walk = {
  readonly content: Uint8Array;
  readonly attachments: IncomingAttachment[];
  readonly root: MimePart;
  readonly keysAreFiles: boolean;
};
/** `isAlternative`: the part is one way to show the text. `isRelated`: it is there for a page beside it. */
type Place = { readonly isAlternative: boolean; readonly isRelated: boolean };

const PLAIN_PLACE: Place = { isAlternative: false, isRelated: false };

/**
 * Text, page and files of a decrypted entity that `readHead` has taken. `text` is what a reader sees, out of the page
 * where no plain text is; `html` is there as soon as one part is a page, and then holds all texts. Any other part is a
 * file. Costs grow with the octets, whatever is in them.
 * @throws PosthornError `internal` for an entity that `readHead` refuses
 */
export function readBodies(content: Uint8Array): InnerBodies {
  const structure = checkOctets(content) ? undefined : readStructure(content);
  if (structure?.outcome !== 'read')
    throw new PosthornError('internal', 'A message could not be read. It stays as it came.');
  return bodiesOf({ root: structure.root, content });
}

/** The same of a part whose octets and structure were checked. `keysAreFiles`: keys are not for this program. */
export function bodiesOf(o: {
  readonly root: MimePart;
  readonly content: Uint8Array;
  readonly keysAreFiles?: boolean;
}): InnerBodies {
  const walk: Walk = { ...o, keysAreFiles: o.keysAreFiles ?? false, attachments: [] };
  const shown = walkPart(walk, o.root, PLAIN_PLACE);
  return { text: textOf(shown), ...present({ html: htmlOf(shown) }), attachments: walk.attachments };
}

function walkPart(walk: Walk, part: MimePart, place: Place): ShownText[] {
  const type = part.contentType.value;
  if (type === 'multipart/alternative') return walkAlternatives(walk, part, place);
  if (type === 'multipart/related') return walkRelated(walk, part, place);
  if (isMultipart(part)) return part.children.flatMap((child) => walkPart(walk, child, PLAIN_PLACE));
  if (type === KEY_TYPE && !walk.keysAreFiles && isOnionKey(part, walk.content)) return [];
  if (isTextType(part) && !isFile(part, place)) {
    const shown = readText(part, walk.content);
    // The last line end of a message belongs to the message, not to its text.
    return [part === walk.root ? { ...shown, text: shown.text.replace(/\n$/, '') } : shown];
  }
  walk.attachments.push(readAttachment(part, { content: walk.content, isRelated: place.isRelated }));
  return [];
}

/** A name makes a text a file; not so one in Content-Type alone among alternatives, where programs name bodies. */
function isFile(part: MimePart, place: Place): boolean {
  const { value, parameters } = dispositionOf(part);
  if (value !== '' && value !== 'inline') return true;
  if (place.isRelated && contentIdOf(part) !== undefined) return true;
  return place.isAlternative ? parameters.has('filename') : fileNameOf(part) !== undefined;
}

/**
 * RFC 2046 5.1.4: the last that can be shown, if there is anything to see in it. The plain text of another one is the
 * text, as its writer has put it.
 */
function walkAlternatives(walk: Walk, part: MimePart, place: Place): ShownText[] {
  const options = part.children.map((child) => walkPart(walk, child, { ...place, isAlternative: true }));
  const full = options.filter((option) => option.some(({ isEmpty }) => !isEmpty));
  const known = full.filter((option) => option.every(({ isForeign }) => !isForeign));
  const chosen = known.at(-1) ?? full.at(-1) ?? options.filter((option) => option.length > 0).at(-1) ?? [];
  const plain = known.filter((option) => option.every(({ html }) => html === undefined)).at(-1);
  if (!plain || plain === chosen) return chosen;
  return [{ text: textOf(plain), html: htmlOf(chosen), isEmpty: false, isForeign: false }];
}

/** RFC 2387: the part that `start` names, or the first one, is the page; the others are there for it. */
function walkRelated(walk: Walk, part: MimePart, place: Place): ShownText[] {
  const start = part.contentType.parameters.get('start')?.replace(/^<|>$/g, '');
  const page = part.children.find((child) => start !== undefined && contentIdOf(child) === start) ?? part.children[0];
  return part.children.flatMap((child) =>
    walkPart(walk, child, child === page ? { ...place, isRelated: false } : { ...PLAIN_PLACE, isRelated: true }),
  );
}

/** Texts one below the other; those with nothing to see in them do not count. */
function textOf(shown: readonly ShownText[]): string {
  const visible = shown.filter(({ text }) => !isBlank(text));
  const [first, ...others] = visible.map(({ text }) => text);
  if (first === undefined) return shown[0]?.text ?? '';
  return [first, ...others].map((text, index, { length }) => endLine(text, index < length - 1)).join('');
}

const endLine = (text: string, isFollowed: boolean): string =>
  isFollowed && !text.endsWith('\n') ? `${text}\n` : text;

function htmlOf(shown: readonly ShownText[]): string | undefined {
  const visible = shown.filter(({ isEmpty }) => !isEmpty);
  const counted = visible.length > 0 ? visible : shown;
  if (counted.every(({ html }) => html === undefined)) return undefined;
  return counted.map(({ html, text }) => html ?? htmlOfText(text)).join('\n');
}
