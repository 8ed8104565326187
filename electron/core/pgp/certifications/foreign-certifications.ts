import { userIdAddress } from '../keys/user-id-address';
import { MAX_FOREIGN_CERTIFICATIONS } from '../../domain/key-limits';
import { MailAddress, type Fingerprint } from '../../../../shared/ids';
import { readCertificationFields, type CertificationFields } from './certification-fields';
import { fingerprintOfBody, type WalkedKey } from '../keys/key-walker';
import { certifyingKeyOf } from '../keys/onion-certifying-key';
import { TAG, type Packet } from '../packets/packet-framing';

/** A key's own part, and what others have signed on its User ID. */
export type SortedKey = {
  readonly fingerprint: Fingerprint;
  readonly address: MailAddress | undefined;
  /** Everything that is not a certification by others. */
  readonly own: readonly Packet[];
  /** Newest first, none twice, at most MAX_FOREIGN_CERTIFICATIONS. */
  readonly foreign: readonly CertificationFields[];
  readonly omitted: number;
};

/**
 * Parts certifications of other people from a key's own packets; the onion's certification is one of its own
 * (PROTOCOL.md 2).
 */
export async function sortKey(key: WalkedKey): Promise<SortedKey> {
  const fingerprint = fingerprintOfBody(key.primary.body);
  const userIds = key.others.filter(({ tag }) => tag === TAG.userId || tag === TAG.userAttribute).map(userIdText);
  const address = userIds.length === 1 ? addressIn(userIds[0] ?? '') : undefined;
  const owners = address === undefined ? [fingerprint] : [fingerprint, await onionFingerprint(address)];
  const { own, foreign } = separate(key.others, owners);
  const newest = newestFirst(foreign);
  const kept = newest.slice(0, MAX_FOREIGN_CERTIFICATIONS);
  return { fingerprint, address, own: [key.primary, ...own], foreign: kept, omitted: newest.length - kept.length };
}

/** The address of a User ID, where it is one of ours (PROTOCOL.md 2). */
function addressIn(userId: string): MailAddress | undefined {
  const address = MailAddress.safeParse(userIdAddress(userId));
  return address.success ? address.data : undefined;
}

async function onionFingerprint(address: MailAddress): Promise<Fingerprint> {
  return (await certifyingKeyOf(address)).getFingerprint().toUpperCase() as Fingerprint;
}

/** An attribute is not a text and never an address. */
function userIdText({ tag, body }: Packet): string {
  return tag === TAG.userId ? new TextDecoder('utf-8', { ignoreBOM: true }).decode(body) : '';
}

function separate(
  packets: readonly Packet[],
  owners: readonly Fingerprint[],
): { own: Packet[]; foreign: CertificationFields[] } {
  const own: Packet[] = [];
  const foreign: CertificationFields[] = [];
  let isOnUserId = false;
  for (const packet of packets) {
    if (packet.tag !== TAG.signature) isOnUserId = packet.tag === TAG.userId;
    const fields = packet.tag === TAG.signature && isOnUserId ? readCertificationFields(packet.body) : undefined;
    if (fields !== undefined && !owners.some((owner) => isBy(fields, owner))) foreign.push(fields);
    else own.push(packet);
  }
  return { own, foreign };
}

/** By full fingerprint where it names one, else by key ID. */
export function isBy({ by }: CertificationFields, issuer: Fingerprint): boolean {
  return by.fingerprint === undefined ? issuer.endsWith(by.keyId) : by.fingerprint === issuer;
}

/** Copies with the same hashed part and signature count once. */
function newestFirst(certifications: readonly CertificationFields[]): CertificationFields[] {
  const byContent = new Map(certifications.map((fields) => [contentOf(fields), fields]));
  return [...byContent.values()].sort((a, b) => b.grant.createdAt - a.grant.createdAt);
}

function contentOf({ body, hashedEnd, digestAt }: CertificationFields): string {
  const octets = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return `${octets.toString('latin1', 0, hashedEnd)}${octets.toString('latin1', digestAt)}`;
}
