import { z } from 'zod';
import { EarlierKey, type KeyState } from '../../../../shared/contact';
import type { ContactId, Fingerprint, IdentityId, MailAddress } from '../../../../shared/ids';
import { IntroducerTrust, MoveNotice, Standing, Verification } from '../../../../shared/trust';
import { present } from '../../../../shared/present';
import { MAX_EARLIER_KEYS } from '../../domain/key-limits';
import type { ContactChange, StoredContact } from '../../ports/storage/mail-records';
import type { SqlParameters } from '../sql/sql-connection';
import { fromBlob, toBlob } from '../sql/sql-connection';

export type ContactRow = {
  id: ContactId;
  address: MailAddress;
  name: string;
  key_state: KeyState;
  fingerprint: Fingerprint | null;
  certified_at: number | null;
  public_key: Uint8Array<ArrayBuffer> | null;
  blocked: number;
  added_at: number;
  standing: string;
  verification: string | null;
  introducer: string | null;
  scanned_you_at: number | null;
  move_notice: string | null;
  sends_read_receipts: number;
  learns_holders: number;
  holder_count: number;
  is_private: number;
  earlier_keys: string;
};

/**
 * What is told of the keys that a contact had before, newest first. Its text is made here so that the standing,
 * which is JSON already, stands in it as an object.
 */
function earlierKeys(): string {
  return `
    SELECT json_object('fingerprint', r.fingerprint, 'replacedAt', r.replaced_at, 'standing', json(r.standing),
      'vouches', json(CASE WHEN EXISTS (SELECT 1 FROM ring_certifications g JOIN ring_keys s ON s.fingerprint = g.subject
        WHERE g.issuer = r.fingerprint AND g.verified = 1 AND g.kind = 'certification' AND s.address = r.address
          AND s.fingerprint <> r.fingerprint) THEN 'true' ELSE 'false' END),
      'revoked', json(CASE WHEN k.revoked = 1 OR v.row IS NOT NULL THEN 'true' ELSE 'false' END),
      'revokedAt', coalesce(k.revoked_at, v.seen_at)) AS earlier
    FROM replaced_keys r LEFT JOIN ring_keys k ON k.fingerprint = r.fingerprint AND k.address = r.address
      LEFT JOIN revoked_keys v ON v.fingerprint = r.fingerprint AND v.address = r.address
    WHERE r.address = contacts.address AND r.fingerprint <> coalesce(contacts.fingerprint, '')
    ORDER BY r.replaced_at DESC, r.row DESC LIMIT ${String(MAX_EARLIER_KEYS)}`;
}

/** Selects `ContactRow`s; a WHERE and an ORDER BY follow. One statement however many there are. */
export const SELECT_CONTACTS = `
  SELECT id, address, name, key_state, fingerprint, certified_at, public_key, blocked, added_at, standing, verification, introducer,
    scanned_you_at, move_notice, sends_read_receipts, learns_holders,
    coalesce((SELECT h.holder_count FROM holder_cards h WHERE h.contact_id = contacts.id), 0) AS holder_count,
    EXISTS (SELECT 1 FROM doors_to_contacts t WHERE t.contact_id = contacts.id AND t.onion IS NOT NULL) AS is_private,
    (SELECT json_group_array(json(e.earlier)) FROM (${earlierKeys()}) e) AS earlier_keys
  FROM contacts`;

export const PUT_CONTACT = `
  INSERT INTO contacts (id, address, name, key_state, fingerprint, certified_at, public_key, blocked, added_at, standing, verification,
    introducer, scanned_you_at, move_notice, sends_read_receipts, learns_holders)
  VALUES ($id, $address, $name, $keyState, $fingerprint, $certifiedAt, $publicKey, $blocked, $addedAt, $standing, $verification,
    $introducer, $scannedYouAt, $moveNotice, $sendsReadReceipts, $learnsHolders)
  ON CONFLICT (id) DO UPDATE SET name = $name, key_state = $keyState, fingerprint = $fingerprint, certified_at = $certifiedAt,
    public_key = $publicKey, blocked = $blocked, standing = $standing, verification = $verification, introducer = $introducer,
    scanned_you_at = $scannedYouAt, move_notice = $moveNotice, sends_read_receipts = $sendsReadReceipts, learns_holders = $learnsHolders`;

export function toContact(identityId: IdentityId, row: ContactRow): StoredContact {
  return {
    id: row.id,
    identityId,
    address: row.address,
    name: row.name,
    keyState: row.key_state,
    ...optional('fingerprint', row.fingerprint),
    ...optional('certifiedAt', row.certified_at),
    ...readEarlierKeys(row.earlier_keys),
    blocked: row.blocked === 1,
    addedAt: row.added_at,
    standing: readStanding(row),
    ...optional('verification', parsed(Verification, row.verification)),
    ...optional('introducer', parsed(IntroducerTrust, row.introducer)),
    ...optional('scannedYouAt', row.scanned_you_at),
    ...optional('moveNotice', parsed(MoveNotice, row.move_notice)),
    sendsReadReceipts: row.sends_read_receipts === 1,
    learnsHolders: row.learns_holders === 1,
    holderCount: row.holder_count,
    isPrivate: row.is_private === 1,
    ...(row.public_key === null ? {} : { publicKey: fromBlob(row.public_key) }),
  };
}

/**
 * A standing that does not parse counts as one for which the onion alone vouches, until it is computed again.
 */
export function readStanding(row: Pick<ContactRow, 'standing' | 'key_state' | 'added_at'>): Standing {
  return parsed(Standing, row.standing) ?? unverifiedStanding(row);
}

export function toParameters(contact: StoredContact): SqlParameters {
  return {
    id: contact.id,
    address: contact.address,
    name: contact.name,
    keyState: contact.keyState,
    fingerprint: contact.fingerprint ?? null,
    certifiedAt: contact.certifiedAt ?? null,
    publicKey: contact.publicKey === undefined ? null : toBlob(contact.publicKey),
    blocked: Number(contact.blocked),
    addedAt: contact.addedAt,
    standing: JSON.stringify(contact.standing),
    verification: toJson(contact.verification),
    introducer: toJson(contact.introducer),
    scannedYouAt: contact.scannedYouAt ?? null,
    moveNotice: toJson(contact.moveNotice),
    sendsReadReceipts: Number(contact.sendsReadReceipts),
    learnsHolders: Number(contact.learnsHolders),
  };
}

/** The stored values that a change touches. */
export function changedParameters(change: ContactChange): SqlParameters {
  const { key } = change;
  return present({
    name: change.name,
    blocked: asSwitch(change.blocked),
    sendsReadReceipts: asSwitch(change.sendsReadReceipts),
    learnsHolders: asSwitch(change.learnsHolders),
    keyState: key?.state ?? change.keyState,
    fingerprint: key?.fingerprint,
    certifiedAt: key?.certifiedAt,
    publicKey: key && toBlob(key.publicKey),
    standing: asJson(change.standing),
    verification: asJson(change.verification),
    introducer: asJson(change.introducer),
    scannedYouAt: change.scannedYouAt,
    moveNotice: asJson(change.moveNotice),
  });
}

/** One whose standing does not parse is told without it: it keeps no word. */
function readEarlierKeys(json: string): { readonly earlierKeys?: EarlierKey[] } {
  const found = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(json));
  const keys = found.map(({ standing, revokedAt, ...key }) => {
    const known = Standing.safeParse(standing);
    return EarlierKey.parse({
      ...key,
      ...(known.success ? { standing: known.data } : {}),
      ...(typeof revokedAt === 'number' ? { revokedAt } : {}),
    });
  });
  return keys.length === 0 ? {} : { earlierKeys: keys };
}

function unverifiedStanding({ key_state, added_at }: Pick<ContactRow, 'key_state' | 'added_at'>): Standing {
  switch (key_state) {
    case 'none':
      return { kind: 'no-key', verified: false };
    case 'certified':
      return { kind: 'unverified', vouchedBy: [] };
    case 'changed':
      return { kind: 'changed', at: added_at, continuity: false, wasVerified: false };
    default:
      return { kind: key_state };
  }
}

function parsed<T>(schema: z.ZodType<T>, json: string | null): T | null {
  if (json === null) return null;
  try {
    const result = schema.safeParse(JSON.parse(json));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

function optional<Name extends string, T>(name: Name, value: T | null): { readonly [K in Name]?: T } {
  return value === null ? {} : ({ [name]: value } as { readonly [K in Name]: T });
}

function asSwitch(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

/** Null stands for a fact that is taken away, undefined for one that is not spoken of. */
function asJson(value: object | null | undefined): string | null | undefined {
  return value && JSON.stringify(value);
}

function toJson(value: object | undefined): string | null {
  return asJson(value) ?? null;
}
