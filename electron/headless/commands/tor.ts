import type { Command } from '../command';
import { exitStatus } from '../command';
import { torLine } from '../show-lines';

/** `posthorn tor`: how the connection to the Tor network stands. */
export const tor: Command = {
  usage: ['tor'],
  summary: 'show the state of the Tor connection',
  run: async ({ core, output }) => {
    const state = await core.call('tor.status', {});
    output.result(state, [torLine(state)]);
    return exitStatus.ok;
  },
};
