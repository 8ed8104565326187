/** The end of a command: its tagged response, and what is done once it is sent. */
export type Tagged = {
  readonly status: 'OK' | 'NO' | 'BAD';
  /** A response code (RFC 9051 7.1), without brackets. */
  readonly code?: string;
  readonly text: string;
  readonly after?: () => void;
};

export function ok(text: string, code?: string): Tagged {
  return { status: 'OK', text, ...(code === undefined ? {} : { code }) };
}

export function no(text: string, code?: string): Tagged {
  return { status: 'NO', text, ...(code === undefined ? {} : { code }) };
}

export function taggedText(tag: string, { status, code, text }: Tagged): string {
  return `${tag} ${status} ${code === undefined ? '' : `[${code}] `}${text}\r\n`;
}
