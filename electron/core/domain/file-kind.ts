/** What a file is read as, for its words; undefined for what holds none that can be read. */
export type FileKind = 'text' | 'page' | 'lines' | 'letter' | 'document';

const TYPES: Readonly<Partial<Record<string, FileKind>>> = {
  'text/plain': 'text',
  'text/csv': 'text',
  'text/markdown': 'text',
  'text/tab-separated-values': 'text',
  'text/html': 'page',
  'application/xhtml+xml': 'page',
  'text/calendar': 'lines',
  'text/vcard': 'lines',
  'text/x-vcard': 'lines',
  'text/directory': 'lines',
  'message/rfc822': 'letter',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.oasis.opendocument.text': 'document',
};

const ENDINGS: Readonly<Partial<Record<string, FileKind>>> = {
  txt: 'text',
  text: 'text',
  csv: 'text',
  tsv: 'text',
  md: 'text',
  log: 'text',
  html: 'page',
  htm: 'page',
  xhtml: 'page',
  ics: 'lines',
  ical: 'lines',
  vcf: 'lines',
  vcard: 'lines',
  eml: 'letter',
  docx: 'document',
  odt: 'document',
};

/** By the ending of its name, or, where that says nothing, by its type: people name files, programs name types. */
export function fileKind({
  filename,
  contentType,
}: {
  readonly filename: string;
  readonly contentType: string;
}): FileKind | undefined {
  const ending = /\.([a-z]{2,5})$/u.exec(filename.toLowerCase())?.[1];
  const byName = ending === undefined || !Object.hasOwn(ENDINGS, ending) ? undefined : ENDINGS[ending];
  return byName ?? (Object.hasOwn(TYPES, contentType) ? TYPES[contentType] : undefined);
}
