import { deflateRawSync, deflateSync } from 'node:zlib';
import { createOpenpgpEngine } from '../../electron/core/pgp/openpgp-engine';
import { encodeArmor } from '../../electron/core/pgp/packets/armor';
import { TAG, concatBytes, joinPackets } from '../../electron/core/pgp/packets/packet-framing';
import { openProtected } from '../../electron/core/pgp/messages/protected-message';
import { openGpg, type Gpg } from '../../electron/core/pgp/testing/gpg';
import { makeIdentity } from '../../electron/core/pgp/testing/own-identity';
import { NOW, reader } from '../fixtures/reader';
import { SIGNED_TEXTS } from '../fixtures/signed-texts';
import type { Seeds } from './seeds';

const pgp = createOpenpgpEngine();
const PASSPHRASE = 'of nobody';
/** gpg signs at the time of the reader's key. */
const AT = ['--faked-system-time', `${String(NOW / 1_000)}!`, '--passphrase', PASSPHRASE, '--trust-model', 'always'];

/** Made by our own writers and by gpg, with keys that do not change. */
export async function openpgpSeeds(): Promise<Seeds> {
  const gpg = openGpg();
  try {
    const { secretKey, publicKey } = reader;
    await gpg.run([...AT, '--import'], await pgp.armorPublicKey(publicKey));
    await gpg.run([...AT, '--import'], await pgp.exportSecretKey({ secretKey, publicKey, passphrase: PASSPHRASE }));
    const sealed = await sealedSeeds(gpg);
    return {
      'sealed-packets': sealed,
      'decrypted-message': await openedSeeds(sealed),
      'key-block': await keySeeds(gpg),
    };
  } finally {
    await gpg.remove();
    await pgp.close();
  }
}

async function sealedSeeds(gpg: Gpg): Promise<Record<string, Uint8Array>> {
  const seeds: Record<string, Uint8Array> = {};
  const own = { secretKey: reader.secretKey, now: NOW };
  for (const [index, text] of [...SIGNED_TEXTS].entries()) {
    const content = Buffer.from(text);
    seeds[`ours-${String(index)}`] = await pgp.seal({
      ...own,
      content,
      recipients: [reader.publicKey, reader.publicKey],
    });
    seeds[`anonymous-${String(index)}`] = await pgp.sealAnonymously({ content, recipient: reader.publicKey, now: NOW });
    const to = ['--recipient', reader.fingerprint];
    const signed = ['--sign', '--encrypt', '--local-user', reader.fingerprint, ...to];
    seeds[`gpg-armored-${String(index)}`] = await output(gpg, ['--armor', ...signed], content);
    seeds[`gpg-binary-${String(index)}`] = await output(gpg, ['--compress-algo', 'zlib', ...signed], content);
    seeds[`gpg-hidden-${String(index)}`] = await output(gpg, ['--throw-keyids', '-z', '0', ...signed], content);
    seeds[`gpg-unsigned-${String(index)}`] = await output(gpg, ['--encrypt', ...to], content);
  }
  return seeds;
}

const output = async (gpg: Gpg, args: readonly string[], input: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array((await gpg.run([...AT, ...args], input)).stdout);

/** What is inside those, and other forms of it. */
async function openedSeeds(sealed: Record<string, Uint8Array>): Promise<Record<string, Uint8Array>> {
  const seeds: Record<string, Uint8Array> = {};
  for (const [name, octets] of Object.entries(sealed)) {
    const opened = await openProtected({ sealed: octets, secretKey: reader.secretKey });
    if (opened.outcome === 'ok') seeds[name] = Uint8Array.from(opened.value);
  }
  const signed = seeds['ours-0'] ?? new Uint8Array();
  const packed = (method: number, body: Uint8Array): Uint8Array =>
    joinPackets([{ tag: TAG.compressed, body: concatBytes([Uint8Array.of(method), body]) }]);
  return {
    ...seeds,
    zip: packed(1, deflateRawSync(signed)),
    zlib: packed(2, deflateSync(signed)),
    bzip2: packed(3, signed),
    'zip-in-zip': packed(1, deflateRawSync(packed(1, deflateRawSync(signed)))),
    zeros: packed(2, deflateSync(new Uint8Array(1_000_000))),
  };
}

async function keySeeds(gpg: Gpg): Promise<Record<string, Uint8Array>> {
  const other = await makeIdentity('other', 9, NOW);
  const exported = await gpg.run([...AT, '--export']);
  const certifying = await pgp.exportCertifyingKey({ onionSeed: reader.onionSeed });
  await gpg.run([...AT, '--quick-generate-key', 'Foreign <foreign@example.org>', 'ed25519', 'default', '1y']);
  await gpg.run([...AT, '--default-key', 'foreign@example.org', '--quick-sign-key', reader.fingerprint]);
  const vouched = await gpg.run([...AT, '--export', reader.fingerprint]);
  const { publicKey } = reader;
  return {
    own: publicKey,
    'own-armored': encodeArmor('PGP PUBLIC KEY BLOCK', publicKey),
    other: other.keys.publicKey,
    both: concatBytes([other.keys.publicKey, publicKey]),
    'gpg-exported': new Uint8Array(exported.stdout),
    'gpg-vouched': new Uint8Array(vouched.stdout),
    'gpg-foreign': await output(gpg, ['--export', 'foreign@example.org'], new Uint8Array()),
    certifying: Buffer.from(certifying),
    'secret-key': reader.secretKey,
  };
}
