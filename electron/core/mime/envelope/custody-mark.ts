import { PosthornError } from '../../../../shared/errors';
import { CustodyId, OnionHost } from '../../../../shared/ids';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { HeldEnvelope } from '../../ports/mime';
import { readHeaderFields } from '../octets/header-field';

/** A holder's receipt for an envelope, and how many more envelopes it has. */
export type CustodyMark = NonNullable<Extract<HeldEnvelope, { outcome: 'envelope' }>['mark']>;

/** In lower case, as fields are read. */
export const CUSTODY_FIELD = 'posthorn-custody';

const VALUE = /^([a-z2-7]{56}\.onion) ([0-9a-f-]{36}) (\d{1,15}) (\d{1,15}) ([A-Za-z0-9_-]{86}); left=(\d{1,6})$/;
const MOST_LEFT = 999_999;
const CR = 0x0d;
const LF = 0x0a;
/** Octets of the longest mark, with room for folding. */
const MAX_FIELD_BYTES = 600;

/**
 * `held` with the holder's trace field on top (RFC 5321 4.4), folded into short lines.
 * @throws PosthornError `internal` for a receipt that no reader would take
 */
export function markEnvelope({
  held,
  receipt,
  left,
}: {
  held: Uint8Array;
  receipt: CustodyReceipt;
  left: number;
}): Uint8Array {
  const { holder, custodyId, at, until, signature } = receipt;
  const lines = [
    `Posthorn-Custody: ${holder}`,
    `${custodyId} ${String(at)} ${String(until)}`,
    `${signature}; left=${String(Math.min(left, MOST_LEFT))}`,
  ];
  const field = Buffer.from(`${lines.join('\r\n ')}\r\n`, 'latin1');
  if (!readMark(field)) throw new PosthornError('internal', 'Kept mail could not be handed over. It is still kept.');
  return Buffer.concat([field, held]);
}

/** The end of the message's first field, with its folded lines, when it is a holder's mark; else 0. */
export function markEnd(raw: Uint8Array): number {
  const start = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, CUSTODY_FIELD.length + 1));
  if (start.toString('latin1').toLowerCase() !== `${CUSTODY_FIELD}:`) return 0;
  for (let at = start.length; at < raw.length; at += 1) {
    if (raw[at - 1] === CR && raw[at] === LF && !isBlank(raw[at + 1])) return at + 1;
  }
  return raw.length;
}

const isBlank = (octet: number | undefined): boolean => octet === 0x20 || octet === 0x09;

/** The mark in the field that `markEnd` found; undefined unless `markEnvelope` would write the field so. */
export function readMark(field: Uint8Array): CustodyMark | undefined {
  if (field.length > MAX_FIELD_BYTES) return undefined;
  const text = Buffer.from(field.buffer, field.byteOffset, field.byteLength).toString('latin1');
  const [only, ...others] = readHeaderFields(text.replace(/\r\n$/, '')) ?? [];
  const [, holder, id, at, until, signature, left] = VALUE.exec(others.length === 0 ? (only?.value ?? '') : '') ?? [];
  const [onion, custodyId] = [OnionHost.safeParse(holder), CustodyId.safeParse(id)];
  if (!onion.success || !custodyId.success || signature === undefined) return undefined;
  return {
    receipt: { holder: onion.data, custodyId: custodyId.data, at: Number(at), until: Number(until), signature },
    left: Number(left),
  };
}
