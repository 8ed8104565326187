import type { MailAddress } from '../../../../shared/ids';
import { MAX_KEY_BLOCK_BYTES, MAX_KEY_BLOCKS } from '../../domain/key-limits';
import { dearmorPublicKey } from '../octets/base64';
import { autocryptKeys } from './autocrypt';
import type { HeaderField } from '../octets/header-field';

/**
 * The key blocks of a message within their limits: those that came as parts first, then those in Autocrypt fields that
 * are not among the parts already. Most mail brings its sender's key both ways, and each block costs a check.
 */
export function keyBlocksOf(o: {
  parts: readonly Uint8Array[];
  fields: readonly HeaderField[];
  from: MailAddress;
  recipients: readonly MailAddress[];
}): Uint8Array[] {
  const parts = o.parts.filter(isBlockSize).slice(0, MAX_KEY_BLOCKS);
  const seen = new Set(parts.map((part) => hex(dearmorPublicKey(Buffer.from(part).toString('latin1')) ?? part)));
  const inFields = autocryptKeys(o).filter((key) => {
    const isNew = !seen.has(hex(key));
    seen.add(hex(key));
    return isNew && isBlockSize(key);
  });
  return [...parts, ...inFields].slice(0, MAX_KEY_BLOCKS);
}

const isBlockSize = (block: Uint8Array): boolean => block.byteLength > 0 && block.byteLength <= MAX_KEY_BLOCK_BYTES;

const hex = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex');
