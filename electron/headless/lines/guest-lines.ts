import type { Guest } from '../../../shared/guests/guest';
import { plainLine } from '../../../shared/text/plain-line';
import { sizeText } from './custody-lines';
import { timeText } from './show-lines';

/** A guest, and who is connected there, in lines for a person. */
export function guestLines(guest: Guest): string[] {
  const { name, address, used, quota, phase, endsAt, fingerprint, state, lastUsedAt, connections } = guest;
  const parts = [
    address,
    plainLine(name),
    state,
    `${sizeText(used)} of ${sizeText(quota)}`,
    endsAt === undefined ? '' : `${phase === 'in-force' ? 'until' : 'ended'} ${timeText(endsAt)}`,
    fingerprint === undefined ? 'no key yet' : `key ${fingerprint}`,
    lastUsedAt === undefined ? 'never used' : `last used ${timeText(lastUsedAt)}`,
  ];
  return [
    parts.filter((part) => part !== '').join('  '),
    ...connections.map(({ protocol, since, clientName }) => {
      const says = clientName === undefined ? '' : ` (${plainLine(clientName)})`;
      return `Connected: ${plainLine(name)}${says}  ${protocol}  since ${timeText(since)}`;
    }),
  ];
}
