import type { MailAddress } from '../../../../shared/ids';
import type { MimeRefusal } from '../../domain/refusals';
import type { HeldEnvelope } from '../../ports/mime';
import { markEnd, readMark } from './custody-mark';
import { ENVELOPE_FIELDS, ENVELOPE_SENDER, onionPart } from '../octets/envelope-form';
import { readHeaderDate } from '../octets/header-date';
import { readMessageId } from '../octets/message-id';
import { checkOctets } from '../octets/octet-checks';
import { OUTER_SUBJECT } from './outer-headers';
import { sealedPart } from '../parse/parse-outer';
import { readSingleAddress } from '../octets/read-addresses';
import { fieldOf, readStructure, type MimePart } from '../octets/structure-checks';

const refused = (reason: MimeRefusal): HeldEnvelope => ({ outcome: 'refused', reason });

/**
 * Checks as strictly as `parseOuter` that this is an envelope as `wrapHeldEnvelope` makes it, with at most one holder's
 * mark, which stands at its very top. `held` and `sealed` are views of `raw`. Any other message is `not-sealed`, or
 * refused for what is wrong with it.
 */
export function parseHeldEnvelope(raw: Uint8Array): HeldEnvelope {
  const octets = checkOctets(raw);
  if (octets) return refused(octets);
  const end = markEnd(raw);
  const mark = end > 0 ? readMark(raw.subarray(0, end)) : undefined;
  if (end > 0 && !mark) return refused('malformed');
  const held = raw.subarray(end);
  const structure = readStructure(held);
  if (structure.outcome === 'refused') return refused(structure.reason);
  const to = addressee(structure.root);
  if (typeof to !== 'object') return refused(to);
  const sealed = sealedPart(structure.root, held);
  return sealed
    ? { outcome: 'envelope', to: to.address, sealed, held, ...(mark ? { mark } : {}) }
    : refused('not-sealed');
}

/** The recipient of an envelope, when its header has exactly the fields of one. */
function addressee(root: MimePart): { readonly address: MailAddress } | MimeRefusal {
  const names = root.fields.map(({ name }) => name).sort();
  if (names.join() !== ENVELOPE_FIELDS.join()) return 'not-sealed';
  const value = (name: string): string => fieldOf(root, name) ?? '';
  const address = readSingleAddress(value('to'));
  if (address === undefined || address !== value('to')) return 'bad-address';
  const isFromNobody =
    value('from') === `${ENVELOPE_SENDER}@${onionPart(address)}` && value('subject') === OUTER_SUBJECT;
  if (!isFromNobody) return 'not-sealed';
  const isAtHome = readMessageId(value('message-id'))?.endsWith(`@${onionPart(address)}>`) === true;
  return isAtHome && readHeaderDate(value('date')) !== undefined ? { address } : 'malformed';
}
