import { randomBytes, randomUUID } from 'node:crypto';
import { MailAddress, type OnionHost } from '../../../shared/ids';
import type { IdentityKeys, PublicKeyBlock } from '../ports/keys';
import type { Mime, OutgoingMessage } from '../ports/mime';
import type { Pgp } from '../ports/pgp';
import { createMime } from '../mime/create-mime';
import { makeOnionKeys } from '../onion/onion-keys';
import { createOpenpgpEngine } from '../pgp/openpgp-engine';

/** Changes to a message that its maker would never make. Texts are CR LF. */
export type Forgery = {
  readonly message?: Partial<OutgoingMessage>;
  /** Rewrites the entity inside the seal before it is signed. */
  readonly inner?: (entity: string) => string;
  /** Rewrites the final message. */
  readonly outer?: (raw: string) => string;
};

/** Someone with an onion and a key of their own, and with all our own tools. */
export type Attacker = {
  readonly address: MailAddress;
  readonly onion: OnionHost;
  readonly seed: Uint8Array;
  readonly keys: IdentityKeys;
  readonly pgp: Pgp;
  readonly mime: Mime;
  /** A message to `to`, sealed to `key`, as a good program would make it but for the forgery. */
  letter(o: { to: MailAddress; key: PublicKeyBlock; forgery?: Forgery }): Promise<Buffer>;
  /** What `letter` fills in, for tests that seal by themselves. */
  message(to: MailAddress, changes?: Partial<OutgoingMessage>): Promise<OutgoingMessage>;
};

export async function makeAttacker(o: { localPart: string; now: number }): Promise<Attacker> {
  const pgp = createOpenpgpEngine();
  const mime = createMime();
  const seed = new Uint8Array(randomBytes(32));
  const onion = makeOnionKeys().onionOf(seed);
  const address = MailAddress.parse(`${o.localPart}@${onion}`);
  const keys = await pgp.generateIdentityKeys({ address, onionSeed: seed, now: o.now });
  const message: Attacker['message'] = async (to, changes = {}) => ({
    messageId: `<${randomUUID()}@${onion}>`,
    date: o.now,
    from: address,
    to: [to],
    cc: [],
    bcc: [],
    subject: 'Hello',
    text: 'How are you?',
    references: [],
    attachments: [],
    keyBlock: await pgp.armorPublicKey(keys.publicKey),
    ...changes,
  });
  return {
    address,
    onion,
    seed,
    keys,
    pgp,
    mime,
    message,
    letter: async ({ to, key, forgery = {} }) => {
      const written = await message(to, forgery.message);
      const entity = Buffer.from(await mime.buildInner(written)).toString('latin1');
      const content = Buffer.from(forgery.inner?.(entity) ?? entity, 'latin1');
      const sealed = await pgp.seal({ content, secretKey: keys.secretKey, recipients: [key], now: o.now });
      const raw = Buffer.from(mime.wrapSealed({ message: written, sealed })).toString('latin1');
      return Buffer.from(forgery.outer?.(raw) ?? raw, 'latin1');
    },
  };
}

/** The binary key block inside an armored one, as the core exports it. */
export function binaryKey(armored: string): PublicKeyBlock {
  const body = /\r?\n\r?\n([A-Za-z0-9+/=\r\n]+?)\r?\n=[A-Za-z0-9+/]{4}\r?\n-----END/.exec(armored)?.[1];
  if (body === undefined) throw new Error('This is no armored key');
  return new Uint8Array(Buffer.from(body, 'base64'));
}
