import type { Identity } from '../../../shared/identity';
import type { Device } from '../../../shared/programs/device';
import { plainLine } from '../../../shared/text/plain-line';
import { timeText } from './show-lines';

/** A device, and who is connected there, in lines for a person. */
export function deviceLines(device: Device, identities: readonly Identity[]): string[] {
  const { id, name, kind, form, state, identityIds, lastUsedAt, connections } = device;
  const of = identities.filter((identity) => identityIds.includes(identity.id)).map(({ address }) => address);
  const used = lastUsedAt === undefined ? 'never used' : `last used ${timeText(lastUsedAt)}`;
  const whose = of.length === 0 ? 'for no identity' : of.join(', ');
  return [
    `${id}  ${plainLine(name)}  ${kind}  ${form}  ${state}  ${used}  ${whose}`,
    ...connections.map(({ protocol, since, clientName }) => {
      const says = clientName === undefined ? '' : ` (${plainLine(clientName)})`;
      return `Connected: ${plainLine(name)}${says}  ${protocol}  since ${timeText(since)}`;
    }),
  ];
}
