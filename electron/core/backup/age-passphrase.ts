import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Stanza, type Identity, type Recipient } from 'age-encryption';
import { randomBytes } from 'node:crypto';
import { BackupRefusal } from './backup-refusal';
import { deriveKey } from './derive-key';

const LABEL = 'age-encryption.org/v1/scrypt';
const SALT_BYTES = 16;
const BODY_BYTES = 32;

/**
 * The cost of new backups, as `age` itself has it: N = 2^18, 256 MiB and about a second on a small machine. Dearer ones
 * than 2^20 (1 GiB) are not tried: a damaged digit must not take all memory.
 */
export const WORK_FACTOR = 18;
const HIGHEST_WORK_FACTOR = 20;

/**
 * The scrypt recipient of the age format (C2SP, age.md), derived in a thread of its own so that the core goes on
 * meanwhile.
 */
export function passphraseRecipient(passphrase: string, workFactor: number): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = new Uint8Array(randomBytes(SALT_BYTES));
      const key = await derive({ passphrase, salt, workFactor });
      return [new Stanza(['scrypt', toBase64(salt), String(workFactor)], sealer(key).encrypt(fileKey))];
    },
  };
}

/**
 * Its counterpart. Throws `BackupRefusal`: `not-a-backup` for a file that is for keys in place of a passphrase,
 * `wrong-passphrase` also for a damaged salt or file key, because the two cannot be told apart.
 */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const [stanza] = stanzas;
      if (stanza?.args[0] !== 'scrypt' || stanzas.length !== 1) throw new BackupRefusal('not-a-backup');
      const { salt, workFactor } = readArguments(stanza);
      const key = await derive({ passphrase, salt, workFactor });
      try {
        return sealer(key).decrypt(stanza.body);
      } catch (error) {
        throw new BackupRefusal('wrong-passphrase', error);
      }
    },
  };
}

function readArguments({ args, body }: Stanza): { salt: Uint8Array; workFactor: number } {
  const [, saltText = '', factorText = ''] = args;
  const salt = new Uint8Array(Buffer.from(saltText, 'base64'));
  const workFactor = Number(factorText);
  const isSound =
    args.length === 3 &&
    toBase64(salt) === saltText &&
    salt.length === SALT_BYTES &&
    /^[1-9]\d?$/u.test(factorText) &&
    body.length === BODY_BYTES;
  if (!isSound || workFactor > HIGHEST_WORK_FACTOR) throw new BackupRefusal('damaged');
  return { salt, workFactor };
}

/** The NFC form is what `age` gets from a terminal on nearly every system. */
function derive({
  passphrase,
  salt,
  workFactor,
}: {
  passphrase: string;
  salt: Uint8Array;
  workFactor: number;
}): Promise<Uint8Array> {
  return deriveKey({
    passphrase: passphrase.normalize('NFC'),
    salt: Buffer.concat([Buffer.from(LABEL), salt]),
    workFactor,
  });
}

/** Each key seals one file key only, so the nonce is zero. */
function sealer(key: Uint8Array): ReturnType<typeof chacha20poly1305> {
  return chacha20poly1305(key, new Uint8Array(12));
}

function toBase64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64').replace(/=+$/u, '');
}
