/** A URL taken apart (WHATWG URL), with its host in ASCII and its path percent-encoded. */
export type ParsedUrl = Readonly<Record<'href' | 'protocol' | 'username' | 'password' | 'host' | 'hostname', string>> &
  Readonly<Record<'pathname' | 'search', string>>;

/** Reads a text as browsers do; undefined when it is no whole URL. */
export function parseUrl(text: string): ParsedUrl | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
