import { trimBlanks } from './blanks';
import { envelopeText } from './envelope-text';
import { writtenValue } from './header-fields';
import { stringText, textOrNil } from './response-text';
import { structuredField } from './structured-field';
import { writtenEncoding, type WrittenPart, type WrittenType } from './written-part';

/**
 * The value of BODYSTRUCTURE, or without extension data that of BODY (RFC 9051 7.5.2), of a part with all that lie in
 * it.
 */
export function structureText(part: WrittenPart, o: { readonly isExtended: boolean }): string {
  const { contentType, parts } = part;
  if (!parts)
    return `(${[...leafTexts(part, o), ...(o.isExtended ? [extensionText(part, 'content-md5')] : [])].join(' ')})`;
  const extension = o.isExtended ? ` ${parametersText(contentType.parameters)} ${extensionText(part)}` : '';
  return `(${parts.map((each) => structureText(each, o)).join('')} ${stringText(contentType.subtype)}${extension})`;
}

function leafTexts(part: WrittenPart, o: { readonly isExtended: boolean }): string[] {
  const { contentType, body, fields, lines, message } = part;
  return [
    stringText(contentType.type),
    stringText(contentType.subtype),
    parametersText(contentType.parameters),
    textOrNil(writtenValue(fields, 'content-id')),
    textOrNil(writtenValue(fields, 'content-description')),
    stringText(writtenEncoding(part)),
    String(body.to - body.from),
    ...(message ? [envelopeText(message.fields), structureText(message, o)] : []),
    ...(message || contentType.type.toLowerCase() === 'text' ? [String(lines)] : []),
  ];
}

function parametersText(parameters: WrittenType['parameters']): string {
  if (parameters.length === 0) return 'NIL';
  return `(${parameters.map(({ name, value }) => `${stringText(name)} ${stringText(value)}`).join(' ')})`;
}

/** Digest (of a part that is no multipart), disposition, languages and place. */
function extensionText(part: WrittenPart, digest?: 'content-md5'): string {
  const { fields } = part;
  return [
    ...(digest ? [textOrNil(writtenValue(fields, digest))] : []),
    dispositionText(writtenValue(fields, 'content-disposition')),
    languageText(writtenValue(fields, 'content-language')),
    textOrNil(writtenValue(fields, 'content-location')),
  ].join(' ');
}

function dispositionText(field: string | undefined): string {
  if (field === undefined) return 'NIL';
  const { value, parameters } = structuredField(field);
  return value === '' ? 'NIL' : `(${stringText(value)} ${parametersText(parameters)})`;
}

function languageText(field: string | undefined): string {
  const languages = structuredField(field ?? '')
    .value.split(',')
    .map(trimBlanks)
    .filter((each) => each !== '');
  if (languages.length < 2) return textOrNil(languages[0]);
  return `(${languages.map(stringText).join(' ')})`;
}
