import { present } from '../../../../shared/present';
import { safeFileName } from '../../../../shared/text/file-name';
import type { IncomingAttachment } from '../../ports/mime';
import { bodyOf, encodingOf } from '../octets/part-body';
import { fieldOf, type MimePart } from '../octets/structure-checks';
import { readStructuredValue, type StructuredValue } from '../octets/structured-value';
import { decodeWords } from '../text/encoded-words';
import { nameForType } from './file-endings';

const TYPE = /^[a-z0-9!#$&^_.+-]{1,99}\/[a-z0-9!#$&^_.+-]{1,99}$/;
const NOTHING: StructuredValue = { value: '', parameters: new Map() };

/** A part as a file. `isRelated`: it belongs to a page that may show it. */
export function readAttachment(part: MimePart, o: { content: Uint8Array; isRelated: boolean }): IncomingAttachment {
  const contentType = fileTypeOf(part);
  return {
    filename: safeFileName(fileNameOf(part), nameForType(contentType)),
    contentType,
    ...present({ contentId: contentIdOf(part) }),
    inline: o.isRelated || dispositionOf(part).value === 'inline',
    content: owned(bodyOf(part, o.content)),
  };
}

/** The name that the sender gave to the part as a file, or undefined. Many write it in encoded words. */
export function fileNameOf(part: MimePart): string | undefined {
  const { parameters } = dispositionOf(part);
  const given = [parameters.get('filename'), parameters.get('name'), part.contentType.parameters.get('name')];
  const name = given.find((each) => each !== undefined && each.trim() !== '');
  return name === undefined ? undefined : decodeWords(name);
}

/** RFC 2183: how the part is to be shown, and its name. */
export function dispositionOf(part: MimePart): StructuredValue {
  const field = fieldOf(part, 'content-disposition') ?? '';
  // Some programs write the name alone.
  const read = readStructuredValue(/^[a-z*0-9]{1,20}=/i.test(field) ? `;${field}` : field);
  return read === 'duplicate' ? NOTHING : read;
}

/** Without its angle brackets. */
export function contentIdOf(part: MimePart): string | undefined {
  return /^<?([^\s<>\p{Cc}]{1,290})>?$/u.exec(fieldOf(part, 'content-id')?.trim() ?? '')?.[1];
}

/** What is encoded in a way that nobody here knows is octets, whatever it would be without (RFC 2045 6.4). */
function fileTypeOf(part: MimePart): string {
  const { value } = part.contentType;
  return TYPE.test(value) && encodingOf(part) !== 'unknown' ? value : 'application/octet-stream';
}

/** A view would keep the whole message in memory, and take it along wherever the file goes. */
const owned = (octets: Uint8Array): Uint8Array =>
  octets.byteLength === octets.buffer.byteLength ? octets : new Uint8Array(octets);
