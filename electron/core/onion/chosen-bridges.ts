import { PosthornError } from '../../../shared/errors';
import { torTransportNames, transportOf } from '../../../shared/bridge-transport';
import type { Settings } from '../../../shared/settings';
import type { TorKit } from '../../../shared/tor-about';
import { offerProblem, programAdvice } from '../../../shared/tor-about';

/** By which bridges tor goes: lines of the person, or those of one transport that came along with tor. */
export type BridgeChoice = { readonly lines: readonly string[]; readonly builtIn: Settings['builtInBridges'] };

/** Whether tor goes by bridges at all. */
export const usesBridges = ({ lines, builtIn }: BridgeChoice): boolean => builtIn !== 'none' || lines.length > 0;

export const isSameChoice = (a: BridgeChoice, b: BridgeChoice): boolean =>
  a.builtIn === b.builtIn && a.lines.join('\n') === b.lines.join('\n');

/**
 * The lines tor gets for a choice. A tor of which nothing is known is believed to have every program, but no bridges.
 * @throws PosthornError `invalid-call` where this tor cannot go by them; the message says what is missing
 */
export function requireLines({ lines, builtIn }: BridgeChoice, kit: TorKit | undefined): readonly string[] {
  const problem = problemWith({ lines, builtIn }, kit);
  if (problem !== undefined) throw new PosthornError('invalid-call', problem);
  return builtIn === 'none' ? lines : (kit?.bridges[builtIn] ?? []);
}

function problemWith({ lines, builtIn }: BridgeChoice, kit: TorKit | undefined): string | undefined {
  if (builtIn === 'none') return kit === undefined ? undefined : ownLinesProblem(lines, kit);
  if (kit === undefined) return 'It is not known which bridges came along with this tor.';
  return offerProblem(kit.about, builtIn);
}

/** A transport that is not ours to offer is left to tor, which says that it cannot find a program for it. */
function ownLinesProblem(lines: readonly string[], { about }: TorKit): string | undefined {
  const named = new Set(lines.map(transportOf));
  const lacking = about.transports.find(
    ({ transport, program }) => !program && named.has(torTransportNames[transport]),
  )?.transport;
  return lacking === undefined ? undefined : `This tor has no ${lacking}: ${programAdvice(about, lacking)}`;
}
