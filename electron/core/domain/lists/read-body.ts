import type { ListCrypto } from './entry';

/** The value in the body of an entry: JSON in UTF-8; undefined for anything else. Never throws. */
export function readBody({ toText }: Pick<ListCrypto, 'toText'>, body: Uint8Array): unknown {
  try {
    return JSON.parse(toText(body) ?? '');
  } catch {
    return undefined;
  }
}
