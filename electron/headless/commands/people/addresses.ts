import type { Command } from '../command';
import { exitStatus } from '../command';
import { identityLine } from '../../lines/show-lines';

/** `posthorn addresses`: every identity and whether it can be reached. */
export const addresses: Command = {
  usage: ['addresses'],
  summary: 'list the addresses of this profile',
  run: async ({ core, output }) => {
    const identities = await core.call('identities.list', {});
    output.result(identities, identities.map(identityLine));
    return exitStatus.ok;
  },
};
