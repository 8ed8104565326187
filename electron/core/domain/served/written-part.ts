import type { OctetSpan } from '../served-entity';
import { writtenValue, type WrittenField } from './header-fields';
import { structuredField } from './structured-field';

type Parameters = ReturnType<typeof structuredField>['parameters'];

/** A type as it was written (RFC 2045 5). */
export type WrittenType = { readonly type: string; readonly subtype: string; readonly parameters: Parameters };

/** A part of a message: what its header says, and where it lies in the octets. */
export type WrittenPart = {
  readonly fields: readonly WrittenField[];
  readonly contentType: WrittenType;
  readonly header: OctetSpan;
  readonly body: OctetSpan;
  /** Line ends in the body. */
  readonly lines: number;
  /** Of a multipart its parts, one at least. */
  readonly parts?: readonly WrittenPart[];
  /** Of a message/rfc822 or message/global the message within. */
  readonly message?: WrittenPart;
};

const TYPE = /^([!#$%&'*+.0-9A-Za-z^_`{|}~-]+) ?\/ ?([!#$%&'*+.0-9A-Za-z^_`{|}~-]+)/;
const PLAIN: WrittenType = { type: 'TEXT', subtype: 'PLAIN', parameters: [{ name: 'CHARSET', value: 'US-ASCII' }] };
const MESSAGE: WrittenType = { type: 'MESSAGE', subtype: 'RFC822', parameters: [] };
/** For what is not divided although it says that it can be. */
export const OCTETS: WrittenType = { type: 'APPLICATION', subtype: 'OCTET-STREAM', parameters: [] };

/** What is not there or cannot be read is plain text (RFC 2045 5.2), in a digest a message (RFC 2046 5.1.5). */
export function writtenType(fields: readonly WrittenField[], o: { readonly isInDigest: boolean }): WrittenType {
  const field = writtenValue(fields, 'content-type');
  if (field === undefined) return o.isInDigest ? MESSAGE : PLAIN;
  const { value, parameters } = structuredField(field);
  const [, type, subtype] = TYPE.exec(value) ?? [];
  return type === undefined || subtype === undefined ? PLAIN : { type, subtype, parameters };
}

export const isMultipart = ({ type }: WrittenType): boolean => type.toLowerCase() === 'multipart';

export const isMessage = ({ type, subtype }: WrittenType): boolean =>
  type.toLowerCase() === 'message' && /^(?:rfc822|global)$/i.test(subtype);

/** Content-Transfer-Encoding as it was written; `7BIT` where nothing is. */
export function writtenEncoding({ fields }: Pick<WrittenPart, 'fields'>): string {
  const [word = ''] = structuredField(writtenValue(fields, 'content-transfer-encoding') ?? '').value.split(/[\t ]/);
  return word === '' ? '7BIT' : word;
}
