import { PosthornError } from '../../../shared/errors';
import type { TorKit } from '../../../shared/tor-about';
import type { TorStatus } from '../../../shared/tor-status';
import { bridgeCommand } from './bridge-command';
import type { BridgeChoice } from './chosen-bridges';
import { requireLines } from './chosen-bridges';
import type { ControlClient } from './control-client';

export type BridgeOrder = {
  /** Undefined: none. */
  readonly choice: BridgeChoice | undefined;
  readonly kit: TorKit | undefined;
  /** Told what the person sees when tor cannot go by the bridges. */
  readonly refused: (status: TorStatus) => unknown;
};

const refusals = {
  unreadable: {
    phase: 'failed',
    progress: 0,
    summary: 'Tor cannot read the bridge lines and stays off the network',
    warning: 'bridge-unreachable',
  },
  missing: {
    phase: 'failed',
    progress: 0,
    summary: 'This tor cannot use the chosen bridges and stays off the network',
    warning: 'transport-missing',
  },
} as const;

/**
 * Makes tor go by the chosen bridges from when its network is opened; the network must be off.
 * @throws PosthornError `invalid-call` when it cannot, so that the network is not opened without them
 */
export async function tellBridges(client: ControlClient, { choice, kit, refused }: BridgeOrder): Promise<void> {
  const reply = await client.command(bridgeCommand(linesOrRefusal({ choice, kit, refused })));
  if (reply.status === 250) return;
  refused(refusals.unreadable);
  throw new PosthornError('invalid-call', 'Tor cannot read these bridge lines, so mail waits. Correct or remove them.');
}

function linesOrRefusal({ choice, kit, refused }: BridgeOrder): readonly string[] {
  try {
    return choice === undefined ? [] : requireLines(choice, kit);
  } catch (error) {
    refused(refusals.missing);
    throw error;
  }
}
