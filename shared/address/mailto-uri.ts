/** What a `mailto:` URI says: whom it writes to, and its other fields by name, decoded. */
export type MailtoUri = {
  /** In order; those of `to` fields too. Texts, not checked. */
  readonly to: readonly string[];
  readonly fields: ReadonlyMap<string, readonly string[]>;
};

/** More fields than any card or letter has; a text of nothing but `&` is no work. */
const MOST_FIELDS = 50;

export const isMailto = (text: string): boolean => /^mailto:/i.test(text);

/**
 * Reads a `mailto:` URI (RFC 6068): percent signs are decoded once, and `?` begins the fields. Undefined for one that
 * says something else than it seems to: wrong percent encoding, or slashes as in the address of a page.
 */
export function readMailto(uri: string): MailtoUri | undefined {
  const [bare = ''] = uri.slice('mailto:'.length).split('#', 1);
  const mark = bare.indexOf('?');
  const path = mark < 0 ? bare : bare.slice(0, mark);
  const fields = mark < 0 ? new Map<string, string[]>() : readFields(bare.slice(mark + 1));
  if (path.startsWith('/') || fields === undefined) return undefined;
  const inPath = addressesIn(path);
  const inFields = (fields.get('to') ?? []).flatMap((value) => value.split(','));
  return inPath && { to: [...inPath, ...inFields].map((text) => text.trim()).filter((text) => text !== ''), fields };
}

/** Commas part addresses before anything is decoded: an encoded one belongs to an address. */
function addressesIn(path: string): string[] | undefined {
  const decoded = path.split(/[,;]/).map(percentDecoded);
  return decoded.every((text) => text !== undefined) ? decoded : undefined;
}

function readFields(query: string): Map<string, string[]> | undefined {
  const fields = new Map<string, string[]>();
  for (const field of query.split('&', MOST_FIELDS)) {
    const [name = '', ...value] = field.split('=');
    const decoded = percentDecoded(value.join('='));
    if (decoded === undefined) return undefined;
    const key = name.toLowerCase();
    fields.set(key, [...(fields.get(key) ?? []), decoded]);
  }
  return fields;
}

/** Once, since what stands for `%` may stand before two digits; undefined when it is encoded wrongly. */
function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The URI that writes to an address, with everything encoded that means something in a URI. */
export const mailtoUri = (address: string): string =>
  `mailto:${encodeURIComponent(address).replaceAll('%40', '@').replaceAll('%2B', '+')}`;
