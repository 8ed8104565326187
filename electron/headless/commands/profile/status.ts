import { folderCounts } from '../../../../shared/mailbox';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { identityLine, torLine, upgradeLine } from '../../lines/show-lines';

/** `posthorn status`: the profile, tor and every identity with its unread mail. */
export const status: Command = {
  usage: ['status'],
  summary: 'show the profile, Tor and the identities',
  run: async ({ core, output }) => {
    const profile = await core.call('profile.state', {});
    const tor = await core.call('tor.status', {});
    const identities = profile.state === 'unlocked' ? await core.call('identities.list', {}) : [];
    const counted = await Promise.all(
      identities.map(async (identity) => ({
        identity,
        counts: folderCounts(await core.call('mailboxes.list', { identityId: identity.id })),
      })),
    );
    output.result({ profile, tor, identities: counted.map(({ identity, counts }) => ({ ...identity, counts })) }, [
      `profile  ${profile.state}${profile.upgrade ? `, ${upgradeLine(profile.upgrade)}` : ''}`,
      `tor      ${torLine(tor)}`,
      ...counted.map(
        ({ identity, counts }) =>
          `${identityLine(identity)}  inbox ${counts.inbox}, requests ${counts.requests}, outbox ${counts.outbox}`,
      ),
    ]);
    return exitStatus.ok;
  },
};
