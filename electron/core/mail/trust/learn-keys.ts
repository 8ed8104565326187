import { PosthornError } from '../../../../shared/errors';
import { MailAddress, type Fingerprint } from '../../../../shared/ids';
import { MAX_CERTIFICATION_BYTES, MAX_FORGED_CERTIFICATIONS, MAX_KEYS_IN_BLOCK } from '../../domain/key-limits';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import type { ReadCertification } from '../../ports/certification-pgp';
import type { PublicKeyBlock } from '../../ports/keys';
import { checkKey, learnKey, keyIdOf, type CertifiedKey } from './learn-key';
import { settleVerification } from './settle-verification';
import type { Mailbox, Services } from '../mailbox';

type LearnServices = Pick<Services, 'clock' | 'pgp' | 'log' | 'onionKeys'>;

/** How many keys and certifications were learned, and how many keys were skipped, and why. */
export type Learned = {
  keys: number;
  certifications: number;
  readonly skipped: { withoutAddress: number; notCertified: number; tooMany: number };
};

/** Where keys come from: the user, as a file, or a peer, by mail or from an onion. */
type From = 'user' | 'peer';

/**
 * Takes keys from a mail, a file or a key server into the ring: each only when its own onion certifies it, with the
 * certifications on it. Certifications by keys of the ring are verified, in bulk and off this thread; others wait for
 * their issuer's key. Non-exportable certifications are dropped unless they are the user's own. A peer can bring only a
 * few keys at a time. Undefined when there is no key in `content`. The caller refreshes trust.
 */
export async function learnKeys(
  services: LearnServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  { content, from }: { content: Uint8Array; from: From },
): Promise<Learned | undefined> {
  const split = await services.pgp.splitKeys({ content });
  if (!split) return undefined;
  const learned: Learned = { keys: 0, certifications: 0, skipped: { withoutAddress: 0, notCertified: 0, tooMany: 0 } };
  for (const { block, address: text } of from === 'user' ? split : split.slice(0, MAX_KEYS_IN_BLOCK)) {
    const address = MailAddress.safeParse(text);
    if (!address.success || services.onionKeys.check(onionOf(address.data)) !== 'ok') {
      learned.skipped.withoutAddress += 1;
      continue;
    }
    const outcome = await learnOne(services, mailbox, { block, address: mailboxOf(address.data), from });
    if (outcome === 'not-certified') learned.skipped.notCertified += 1;
    else if (outcome === 'too-many') learned.skipped.tooMany += 1;
    else {
      learned.keys += 1;
      learned.certifications += outcome;
    }
  }
  return learned;
}

/** Learns one key; answers how many certifications on it were new. */
async function learnOne(
  services: LearnServices,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring' | 'identity' | 'trust' | 'changes'>,
  o: { block: Uint8Array; address: MailAddress; from: From },
): Promise<number | 'not-certified' | 'too-many'> {
  const own = mailbox.identity();
  if (o.address === own.address)
    return learnCertifications(services, mailbox, {
      ...o,
      fingerprint: own.keys.fingerprint,
      publicKey: own.keys.publicKey,
    });
  const key = await checkKey(services, mailbox, o);
  if (key.outcome === 'refused') return 'not-certified';
  const contact = mailbox.contacts.find(o.address);
  if (contact) await settleVerification(services, mailbox, learnKey(services, mailbox, { contact, key }));
  else if (!putRingKey(services, mailbox, { key, address: o.address })) return 'too-many';
  return learnCertifications(services, mailbox, { ...o, fingerprint: key.fingerprint, publicKey: key.publicKey });
}

/** Puts a key into the ring; false when the ring is full. */
function putRingKey(
  services: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'contacts' | 'keyring'>,
  o: { readonly key: CertifiedKey; readonly address: MailAddress },
): boolean {
  const { fingerprint, publicKey, certifiedAt, expiresAt } = o.key;
  const key = {
    fingerprint,
    address: o.address,
    publicKey,
    keyId: keyIdOf(fingerprint),
    certifiedAt,
    expiresAt,
    revoked: false,
    seenAt: services.clock.now(),
  };
  try {
    mailbox.keyring.putKey(key);
  } catch (error) {
    if (error instanceof PosthornError && error.code === 'too-many') return false;
    throw error;
  }
  mailbox.contacts.recordCertification(o.address, certifiedAt);
  return true;
}

/**
 * Takes the certifications in `block` on one verified key, and checks those that waited for this key. Answers how many
 * were new. The user's own certifications are taken from the user alone: a peer could bring back one that was revoked
 * and forgotten.
 */
export async function learnCertifications(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  o: {
    readonly block: Uint8Array;
    readonly fingerprint: Fingerprint;
    readonly publicKey: PublicKeyBlock;
    readonly from: From;
  },
): Promise<number> {
  const { certifications } = await services.pgp.readCertifications({ block: o.block });
  const own = mailbox.identity().keys.fingerprint;
  const meant = certifications.filter(
    (each) =>
      each.subject === o.fingerprint &&
      each.body.byteLength <= MAX_CERTIFICATION_BYTES &&
      (claims(each, own) ? o.from === 'user' : each.exportable),
  );
  const added = mailbox.keyring.addCertifications(meant.map((each) => ({ ...each, verified: false })));
  const waiting = mailbox.keyring.unverifiedBy({ fingerprint: o.fingerprint, keyId: keyIdOf(o.fingerprint) });
  await verifyWaiting(services, mailbox, {
    waiting: [...mailbox.keyring.certificationsOn(o.fingerprint).filter((each) => !each.verified), ...waiting],
    mostForged: o.from === 'user' ? Infinity : MAX_FORGED_CERTIFICATIONS,
  });
  return added;
}

function claims(certification: ReadCertification, issuer: Fingerprint): boolean {
  return certification.issuer === undefined
    ? certification.issuerKeyId === keyIdOf(issuer)
    : certification.issuer === issuer;
}

/** Certifications that are checked in one call. */
const CHECKED_AT_ONCE = 250;

/**
 * Checks all certifications whose subject and issuer are known; forged ones are dropped. When there are more than
 * `mostForged` of those, the rest goes on waiting.
 */
async function verifyWaiting(
  services: Pick<Services, 'pgp'>,
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  { waiting, mostForged }: { readonly waiting: readonly ReadCertification[]; readonly mostForged: number },
): Promise<void> {
  const issuers = issuersByKeyId(mailbox);
  const checks = waiting.flatMap((certification) => {
    const subject = publicKeyOf(mailbox, certification.subject);
    const issuer = certification.issuer ?? issuers(certification.issuerKeyId);
    const issuerKey = issuer && publicKeyOf(mailbox, issuer);
    return subject && issuer && issuerKey
      ? [{ id: certification.id, issuer, check: { body: certification.body, subject, issuer: issuerKey } }]
      : [];
  });
  let forged = 0;
  for (let at = 0; at < checks.length && forged <= mostForged; at += CHECKED_AT_ONCE) {
    const some = checks.slice(at, at + CHECKED_AT_ONCE);
    const good = await services.pgp.verifyCertifications({ checks: some.map(({ check }) => check) });
    const marks = some.filter((_, index) => good[index] === true).map(({ id, issuer }) => ({ id, issuer }));
    const bad = some.filter((_, index) => good[index] !== true).map(({ id }) => id);
    if (marks.length > 0) mailbox.keyring.markVerified(marks);
    if (bad.length > 0) mailbox.keyring.dropCertifications(bad);
    forged += bad.length;
  }
}

/**
 * Finds an issuer by key ID. Key IDs can be made to collide: the first key with the ID is asked, and a signature that
 * it has not made is dropped.
 */
function issuersByKeyId(mailbox: Pick<Mailbox, 'keyring' | 'identity'>): (keyId: string) => Fingerprint | undefined {
  let byId: Map<string, Fingerprint> | undefined;
  return (keyId) => {
    byId ??= new Map([
      ...mailbox.keyring.keys().map((key) => [key.keyId, key.fingerprint] as const),
      ownKeyId(mailbox),
    ]);
    return byId.get(keyId);
  };
}

function ownKeyId(mailbox: Pick<Mailbox, 'identity'>): readonly [string, Fingerprint] {
  const { fingerprint } = mailbox.identity().keys;
  return [keyIdOf(fingerprint), fingerprint];
}

function publicKeyOf(
  mailbox: Pick<Mailbox, 'keyring' | 'identity'>,
  fingerprint: Fingerprint,
): PublicKeyBlock | undefined {
  const { keys } = mailbox.identity();
  if (fingerprint === keys.fingerprint) return keys.publicKey;
  return mailbox.keyring.key(fingerprint)?.publicKey ?? mailbox.keyring.replaced(fingerprint);
}
