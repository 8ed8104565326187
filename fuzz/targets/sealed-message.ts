import { OnionHost } from '../../shared/ids';
import { markEnvelope } from '../../electron/core/mime/envelope/custody-mark';
import { parseHeldEnvelope } from '../../electron/core/mime/envelope/parse-envelope';
import { parseOuter } from '../../electron/core/mime/parse/parse-outer';
import type { HeldEnvelope } from '../../electron/core/ports/mime';
import { claim, claimSame } from '../oracles/claims';

type Envelope = Extract<HeldEnvelope, { outcome: 'envelope' }>;

/**
 * What comes over SMTP: the outer form of sealed mail, and of an envelope with or without a holder's mark. What an
 * envelope is read as, with a mark or without, must not depend on who carried it.
 */
export function fuzz(data: Uint8Array): void {
  const outer = parseOuter(data);
  if (outer.outcome === 'sealed') claim(isView(outer.sealed, data), 'what is sealed does not stand in the message');
  const envelope = parseHeldEnvelope(data);
  claimSame(parseHeldEnvelope(data), envelope, 'an envelope is read in two ways');
  if (envelope.outcome === 'envelope') checkEnvelope(envelope, data);
}

function checkEnvelope(envelope: Envelope, data: Uint8Array): void {
  const { held, sealed, mark } = envelope;
  claim(isView(held, data) && isView(sealed, held), 'an envelope is not what came');
  claim((mark === undefined) === (held.length === data.length), 'octets before an envelope are no mark');
  const outer = parseOuter(held);
  claim(outer.outcome === 'sealed' && isSame(outer.sealed, sealed), 'an envelope is no sealed message');
  claimSame(parseHeldEnvelope(held), withoutMark(envelope), 'an envelope changes when its mark is taken off');
  checkMark(held, mark ?? ownMark);
}

const ownMark: NonNullable<Envelope['mark']> = {
  receipt: {
    holder: OnionHost.parse(`${'d'.repeat(56)}.onion`),
    custodyId: '7f0c2f1e-0000-4000-8000-000000000000' as NonNullable<Envelope['mark']>['receipt']['custodyId'],
    at: 1_780_000_000_000,
    until: 1_781_000_000_000,
    signature: 'A'.repeat(86),
  },
  left: 3,
};

function checkMark(held: Uint8Array, mark: NonNullable<Envelope['mark']>): void {
  const receipt = { ...mark.receipt, digest: '', client: mark.receipt.holder };
  const again = parseHeldEnvelope(markEnvelope({ held, receipt, left: mark.left }));
  claim(again.outcome === 'envelope' && isSame(again.held, held), 'an envelope changes when it is marked');
  claimSame(again.mark, mark, 'a mark does not come back');
}

const withoutMark = ({ mark: _mark, ...envelope }: Envelope): Envelope => envelope;
const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
const isView = (part: Uint8Array, whole: Uint8Array): boolean =>
  part.buffer === whole.buffer &&
  part.byteOffset >= whole.byteOffset &&
  part.byteOffset + part.length <= whole.byteOffset + whole.length;
