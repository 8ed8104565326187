import type { MailAddress } from '../../../../shared/ids';
import type { Random } from '../../ports/runtime';
import { ENVELOPE_SENDER, onionPart } from '../octets/envelope-form';
import { writeHeaderDate } from '../octets/header-date';
import { OUTER_SUBJECT } from './outer-headers';
import { wrapUnder } from './wrap-sealed';
import { DAY_MS } from '../../domain/time';

const ID_BYTES = 16;

/**
 * The outer form of an envelope (PROTOCOL.md 10): as any sealed mail, but its From is a fixed name at the recipient's
 * own onion and its date is cut to the day, so that a holder finds nothing of the sender in it.
 * @param o.date milliseconds
 */
export function wrapHeldEnvelope(o: {
  to: MailAddress;
  date: number;
  sealed: Uint8Array;
  random: Pick<Random, 'bytes'>;
}): Uint8Array {
  const onion = onionPart(o.to);
  const fields = [
    { name: 'From', value: `${ENVELOPE_SENDER}@${onion}` },
    { name: 'To', value: o.to },
    { name: 'Subject', value: OUTER_SUBJECT },
    { name: 'Date', value: writeHeaderDate(Math.floor(o.date / DAY_MS) * DAY_MS) },
    { name: 'Message-ID', value: `<${Buffer.from(o.random.bytes(ID_BYTES)).toString('hex')}@${onion}>` },
  ];
  return wrapUnder({ fields, sealed: o.sealed, random: o.random });
}
