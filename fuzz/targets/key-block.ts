import { readCertifications } from '../../electron/core/pgp/certifications/read-certifications';
import { splitKeys } from '../../electron/core/pgp/certifications/split-keys';
import { checkKeyBlock } from '../../electron/core/pgp/keys/check-key-block';
import { encodeArmor, looksArmored } from '../../electron/core/pgp/packets/armor';
import { MAX_FOREIGN_CERTIFICATIONS } from '../../electron/core/domain/key-limits';
import { claim, claimBounded, claimSame } from '../oracles/claims';
import { NOW, reader } from '../fixtures/reader';

/**
 * Key blocks come in every mail, from every key server and in files. No octets but those that the owner of the onion
 * signed may be taken for the key of its address, and no block may make more work or memory than it has octets.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  await checkOne(data);
  await checkParts(data);
  const { certifications, omitted } = await readCertifications({ block: data });
  claim(certifications.length <= MAX_FOREIGN_CERTIFICATIONS, 'more certifications than are kept');
  claim(omitted >= 0, 'fewer certifications than none are left out');
  claimBounded(certifications, { input: data, times: 40 });
}

async function checkOne(data: Uint8Array): Promise<void> {
  const check = await ask(data);
  if (!looksArmored(data)) claimSame(await ask(armored(data)), check, 'armor changes what a key block says');
  if (check.outcome === 'refused') return;
  claim(check.fingerprint === reader.fingerprint, 'a key was forged');
  claimBounded(check.publicKey, { input: data, times: 1 });
  claimSame(await ask(check.publicKey), check, 'a checked key is another one when it is checked again');
}

const ask = (block: Uint8Array): ReturnType<typeof checkKeyBlock> =>
  checkKeyBlock({ block, address: reader.address, now: NOW });

const armored = (data: Uint8Array): Uint8Array => encodeArmor('PGP PUBLIC KEY BLOCK', data);

async function checkParts(data: Uint8Array): Promise<void> {
  const keys = (await splitKeys({ content: data })) ?? [];
  claimBounded(keys, { input: data, times: 40 });
  for (const key of keys) {
    const again = await splitKeys({ content: key.block });
    claimSame(again, [key], 'a key that was taken out of a file changes when it is read again');
  }
}
