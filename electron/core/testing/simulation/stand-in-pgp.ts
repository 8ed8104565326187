import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Fingerprint, MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { computeValidity } from '../../domain/trust/compute-validity';
import type { ReadCertification } from '../../ports/certification-pgp';
import type { IdentityKeys, PublicKeyBlock, SecretKeyBlock } from '../../ports/keys';
import type { KeyCheck, Pgp } from '../../ports/pgp';
import { armor, dearmor } from './stand-in-armor';

const YEAR_MS = 365 * 24 * 60 * 60_000;

/** An identity key with its onion certification has about so many octets. */
const KEY_BLOCK_BYTES = 760;

const Key = z.object({ address: MailAddress, fingerprint: Fingerprint, certifiedAt: z.number() });
type Key = z.infer<typeof Key>;
const SecretKey = z.object({ fingerprint: Fingerprint });
/** What stands before the content of a sealed message. `by` is absent when it is not signed. */
const Seal = z.object({ to: z.array(Fingerprint), by: Fingerprint.optional(), digest: z.string(), at: z.number() });

type Opened = { readonly seal: z.infer<typeof Seal>; readonly content: Uint8Array; readonly whole: Uint8Array };

const digestOf = (octets: Uint8Array | string): string => createHash('sha1').update(octets).digest('hex');
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
const fingerprintOf = (text: string): Fingerprint => Fingerprint.parse(digestOf(text).toUpperCase());

function publicKeyOf(key: Key): PublicKeyBlock {
  return Buffer.from(JSON.stringify(key).padEnd(KEY_BLOCK_BYTES));
}

function readKey(block: Uint8Array): Key | undefined {
  const octets = dearmor('PUBLIC KEY BLOCK', block) ?? Buffer.from(block);
  return parsed(Key, octets.toString('utf8'));
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function seal(o: { content: Uint8Array; to: readonly PublicKeyBlock[]; by?: SecretKeyBlock; now: number }): Uint8Array {
  const to = o.to.map((block) => readKey(block)?.fingerprint);
  const by = o.by && SecretKey.parse(JSON.parse(Buffer.from(o.by).toString())).fingerprint;
  const head = JSON.stringify({ to, ...(by ? { by } : {}), digest: digestOf(o.content), at: o.now });
  return Buffer.from(armor('MESSAGE', Buffer.concat([Buffer.from(`${head}\n`), o.content])), 'latin1');
}

function readSeal(whole: Uint8Array): Opened | undefined {
  const line = whole.indexOf(0x0a);
  const head = parsed(Seal, Buffer.from(whole.subarray(0, Math.max(line, 0))).toString());
  const content = whole.subarray(line + 1);
  return head && digestOf(content) === head.digest ? { seal: head, content, whole } : undefined;
}

/** A changed octet is found by the digest, as OpenPGP finds it by the integrity packet. */
function open(o: {
  sealed: Uint8Array;
  secretKey: SecretKeyBlock;
  retired?: readonly SecretKeyBlock[];
}): Opened | 'malformed' | 'not-for-this-key' {
  const opened = readSeal(dearmor('MESSAGE', o.sealed) ?? new Uint8Array());
  if (!opened) return 'malformed';
  const own = [o.secretKey, ...(o.retired ?? [])].map(
    (key) => SecretKey.parse(JSON.parse(Buffer.from(key).toString())).fingerprint,
  );
  return opened.seal.to.some((fingerprint) => own.includes(fingerprint)) ? opened : 'not-for-this-key';
}

function checkKeyBlock({ block, address, now, newestSeen }: Parameters<Pgp['checkKeyBlock']>[0]): KeyCheck {
  const key = readKey(block);
  if (!key) return { outcome: 'refused', reason: 'unreadable' };
  if (key.address !== address) return { outcome: 'refused', reason: 'user-id-differs' };
  if (newestSeen !== undefined && key.certifiedAt < newestSeen) return { outcome: 'refused', reason: 'rolled-back' };
  const expiresAt = key.certifiedAt + YEAR_MS;
  if (expiresAt <= now) return { outcome: 'refused', reason: 'certification-expired' };
  return {
    outcome: 'certified',
    fingerprint: key.fingerprint,
    certifiedAt: key.certifiedAt,
    expiresAt,
    sealsTo: key.fingerprint,
    publicKey: publicKeyOf(key),
  };
}

function certification(o: Parameters<Pgp['certify']>[0], kind: ReadCertification['kind']): ReadCertification {
  const { fingerprint: issuer } = SecretKey.parse(JSON.parse(Buffer.from(o.secretKey).toString()));
  const subject = readKey(o.subject)?.fingerprint ?? issuer;
  const id = createHash('sha256')
    .update(`${issuer} ${subject} ${kind} ${String(o.now)}`)
    .digest('hex');
  const trust = o.trust && { depth: o.trust.depth, amount: o.trust.amount === 'full' ? 120 : 60 };
  return {
    id,
    issuer,
    issuerKeyId: issuer.slice(-16),
    subject,
    kind,
    level: 3,
    createdAt: o.now - (o.now % 1_000),
    exportable: o.exportable,
    body: Buffer.from(id, 'hex'),
    ...present({ expiresAt: o.expiresAt }),
    ...(trust ? { trust } : {}),
  };
}

function newKeys(o: { address: MailAddress; onionSeed: Uint8Array; now: number }): IdentityKeys {
  const fingerprint = fingerprintOf(`${o.address} ${Buffer.from(o.onionSeed).toString('hex')}`);
  return {
    fingerprint,
    secretKey: bytesOf({ fingerprint }),
    publicKey: publicKeyOf({ address: o.address, fingerprint, certifiedAt: o.now }),
  };
}

const notSimulated = (): Promise<never> => Promise.reject(new Error('This part of OpenPGP is not simulated.'));

/**
 * OpenPGP's answers without its arithmetic: recipients and signer stand before the message in plain words, and a digest
 * shows changes. A simulation asks what becomes of mail, not whether ciphers hold.
 */
export function createStandInPgp(): Pgp {
  return {
    generateIdentityKeys: (o) => Promise.resolve(newKeys(o)),
    recertify: (o) => Promise.resolve(newKeys(o)),
    checkKeyBlock: (o) => Promise.resolve(checkKeyBlock(o)),
    seal: ({ content, secretKey, recipients, now }) =>
      Promise.resolve(seal({ content, to: recipients, by: secretKey, now })),
    decrypt: (o) => {
      const opened = open(o);
      if (typeof opened === 'string') return Promise.resolve({ outcome: 'refused', reason: opened });
      if (!opened.seal.by) return Promise.resolve({ outcome: 'refused', reason: 'not-signed' });
      return Promise.resolve({ outcome: 'decrypted', content: opened.content, signedMessage: opened.whole });
    },
    verify: ({ signedMessage, publicKey }) => {
      const signed = readSeal(signedMessage)?.seal;
      const isBy = signed?.by !== undefined && signed.by === readKey(publicKey)?.fingerprint;
      return Promise.resolve(
        isBy ? { outcome: 'valid', signedAt: signed.at } : { outcome: 'invalid', reason: 'wrong-key' },
      );
    },
    sealAnonymously: ({ content, recipient }) => Promise.resolve(seal({ content, to: [recipient], now: 0 })),
    openAnonymous: (o) => {
      const opened = open(o);
      return Promise.resolve(
        typeof opened === 'string'
          ? { outcome: 'refused', reason: opened }
          : { outcome: 'opened', content: opened.content },
      );
    },
    armorPublicKey: (publicKey) => Promise.resolve(armor('PUBLIC KEY BLOCK', publicKey)),
    certify: (o) => Promise.resolve(certification(o, 'certification')),
    revokeCertification: (o) => Promise.resolve(certification({ ...o, level: 'positive' }, 'revocation')),
    readCertifications: () => Promise.resolve({ certifications: [], omitted: 0 }),
    verifyCertifications: ({ checks }) => Promise.resolve(checks.map(() => false)),
    withCertifications: ({ block }) => Promise.resolve(block),
    computeValidity: (input) => Promise.resolve(computeValidity(input)),
    signDetached: notSimulated,
    verifyDetached: notSimulated,
    splitKeys: notSimulated,
    trustOnion: notSimulated,
    readOwnKey: notSimulated,
    renewKey: notSimulated,
    rotateSubkey: notSimulated,
    replaceKey: notSimulated,
    revokeKey: notSimulated,
    adoptKey: notSimulated,
    certifyGuestKey: notSimulated,
    cleanSealed: notSimulated,
    exportSecretKey: notSimulated,
    exportCertifyingKey: notSimulated,
    close: () => Promise.resolve(),
  };
}
