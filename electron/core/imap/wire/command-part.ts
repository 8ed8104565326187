/**
 * A piece of a command (RFC 9051 2.2.1). Texts and literals take turns, and a command begins and ends with a text,
 * which may be empty. A text holds one character for each octet.
 */
export type CommandPart =
  | { readonly text: string }
  /** `isBinary`: a literal8, which may hold NUL (RFC 9051 9). */
  | { readonly literal: Uint8Array; readonly isBinary: boolean };
