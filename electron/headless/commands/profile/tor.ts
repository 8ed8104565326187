import { torSentence } from '../../../../shared/tor-about';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { torLine } from '../../lines/show-lines';

/** `posthorn tor`: how the connection to the Tor network stands, which tor it is, and how that was checked. */
export const tor: Command = {
  usage: ['tor'],
  summary: 'show the state of the Tor connection, and which tor it is',
  run: async ({ core, output }) => {
    const state = await core.call('tor.status', {});
    const { tor: about } = await core.call('tor.about', {});
    output.result({ ...state, about }, [torLine(state), ...(about === undefined ? [] : [torSentence(about)])]);
    return exitStatus.ok;
  },
};
