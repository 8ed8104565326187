import { createHash } from 'node:crypto';
import type { TrustCertification, TrustInput } from '../../electron/core/domain/trust/trust-model';
import { concatBytes } from '../../electron/core/pgp/packets/packet-framing';
import type { Fingerprint } from '../../shared/ids';

/** A key of the benchmark: the body of its packet (RFC 9580, 5.5.2), and what follows from it. */
export type WebKey = { readonly body: Uint8Array; readonly fingerprint: Fingerprint; readonly userId: string };
export type TrustWeb = { readonly keys: readonly WebKey[]; readonly input: TrustInput };

/** Creation time of every key, in seconds. */
export const WEB_KEYS_CREATED = 0x5e0be100;
const DAY = 24 * 60 * 60_000;
/** Whom the user has certified in person. */
const ACQUAINTANCES = 50;

/**
 * `size` keys with ten certifications each, the first of them ultimately trusted. Every key is certified by keys nearer
 * to the user: a few of the certifications appoint introducers, some of them marginal ones, some for one host only; a
 * few have expired.
 */
export function makeTrustWeb(size: number, now: number): TrustWeb {
  const keys = Array.from({ length: size }, (_, number) => makeKey(number));
  const certifications = keys.flatMap((_, to) => certificationsOf(to, { keys, now }));
  const root = keys[0]?.fingerprint;
  return {
    keys,
    input: {
      now,
      keys: keys.map(({ fingerprint, userId }) => ({ fingerprint, userId, revoked: false })),
      certifications,
      ownerTrust: new Map(root === undefined ? [] : [[root, 'ultimate']]),
    },
  };
}

function makeKey(number: number): WebKey {
  // Octets like those of a real point on the curve; nobody computes with them here.
  const point = createHash('sha256').update(`key ${number}`).digest();
  const head = Buffer.from('045e0be10016092b06010401da470f01', 'hex');
  const body = concatBytes([head, Uint8Array.of(0x01, 0x07, 0x40), point]);
  const framed = concatBytes([Uint8Array.of(0x99, body.length >> 8, body.length & 0xff), body]);
  const fingerprint = createHash('sha1').update(framed).digest('hex').toUpperCase() as Fingerprint;
  return { body, fingerprint, userId: `<k${number}@host${number % 5}.onion>` };
}

function certificationsOf(
  to: number,
  { keys, now }: { readonly keys: readonly WebKey[]; readonly now: number },
): TrustCertification[] {
  if (to === 0) return [];
  const count = Math.min(10, to);
  const issuers = new Set(to <= ACQUAINTANCES ? [0] : []);
  for (let draw = 0; issuers.size < count; draw += 1) issuers.add(number(`${to} from ${draw}`, nearer(to)));
  return [...issuers].map((from) => certification({ from, to, keys, now }));
}

/** Certifiers of a key lie in the nearest fifth of those before it, so that chains have several links. */
function nearer(to: number): number {
  return Math.max(10, Math.min(to, Math.ceil(to / 5)));
}

function certification(o: {
  readonly from: number;
  readonly to: number;
  readonly keys: readonly WebKey[];
  readonly now: number;
}): TrustCertification {
  const draw = number(`${o.from} on ${o.to}`, 1_000);
  const createdAt = o.now - (10 + (draw % 300)) * DAY;
  return {
    issuer: fingerprintAt(o.keys, o.from),
    subject: fingerprintAt(o.keys, o.to),
    kind: 'certification',
    level: 3,
    createdAt,
    ...(draw % 50 === 1 && { expiresAt: createdAt + 5 * DAY }),
    ...((o.from === 0 || draw % 200 === 0) && { trust: trustOf(draw) }),
  };
}

function trustOf(draw: number): NonNullable<TrustCertification['trust']> {
  const amount = draw % 3 === 0 ? 60 : 120;
  return { depth: 1 + (draw % 4), amount, ...(draw % 7 === 0 && { regex: '<[^>]+[@.]host1\\.onion>$' }) };
}

function fingerprintAt(keys: readonly WebKey[], at: number): Fingerprint {
  const key = keys[at];
  if (key === undefined) throw new RangeError('a certification of a key that is not there');
  return key.fingerprint;
}

/** The same for the same text; in [0, below). */
function number(text: string, below: number): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % below;
}
