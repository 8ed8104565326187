import { PosthornError } from '../../../../shared/errors';
import type { PublicKeyBlock } from '../../ports/keys';
import { canonicalBody } from './canonical-certification';
import { readCertificationFields, type CertificationFields } from './certification-fields';
import { walkKeys, type WalkedKey } from '../keys/key-walker';
import { TAG, joinPackets, type Packet } from '../packets/packet-framing';
import { withForeign } from './split-keys';

/**
 * The block with these signatures on its one User ID, oldest first, after those that are there; each once, whatever
 * their order. Bodies that are no certification are left out. The caller leaves out those that are not exportable.
 * @throws PosthornError `key-refused` when the block is not one key with one User ID
 */
export function withCertifications(o: { block: PublicKeyBlock; bodies: readonly Uint8Array[] }): PublicKeyBlock {
  const key = oneKey(o.block);
  const present = new Set(key.others.filter(({ tag }) => tag === TAG.signature).map(({ body }) => contentOf(body)));
  const added = o.bodies
    .map(readCertificationFields)
    .filter((fields) => fields !== undefined)
    .map((fields) => ({ fields, body: canonicalBody(fields), content: contentOf(fields.body) }))
    .sort((a, b) => a.fields.grant.createdAt - b.fields.grant.createdAt || Buffer.compare(a.body, b.body))
    .filter(({ content }) => !present.has(content) && present.add(content));
  const packets: Packet[] = added.map(({ body }) => ({ tag: TAG.signature, body }));
  return joinPackets(withForeign([key.primary, ...key.others], packets));
}

/** The signed part and the signature, without the unhashed area, which anybody can change. */
function contentOf(body: Uint8Array): string {
  const fields: CertificationFields | undefined = readCertificationFields(body);
  return Buffer.from(fields === undefined ? body : canonicalBody(fields)).toString('latin1');
}

/** The one key of a block with one User ID and no attributes. */
export function oneKey(block: PublicKeyBlock): WalkedKey {
  const keys = [...walkKeys(block)];
  const [key] = keys;
  const named = key?.others.filter(({ tag }) => tag === TAG.userId || tag === TAG.userAttribute) ?? [];
  if (key === undefined || keys.length !== 1 || named.length !== 1 || named[0]?.tag !== TAG.userId) {
    throw new PosthornError('key-refused', 'The key is not one that can be vouched for. Nothing was changed.');
  }
  return key;
}

/** The User ID packet's body of a key that `oneKey` has answered. */
export function userIdOf(key: WalkedKey): Uint8Array {
  return key.others.find(({ tag }) => tag === TAG.userId)?.body ?? new Uint8Array();
}
