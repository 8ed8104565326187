import type { GatewayView } from '../../../../shared/gateway/gateway-view';
import { present } from '../../../../shared/present';
import type { Mailbox } from '../mailbox';

/** A gateway as its operator sees it. `state`: of its port. */
export function viewGateway({ relay }: Pick<Mailbox, 'relay'>, state: GatewayView['state']): GatewayView {
  const settings = relay.plan();
  const aliases = relay.aliases();
  return {
    ...present({ settings }),
    state,
    participants: relay.agreements().map(({ participant, until, lettersADay, repliesOnly, endedAt }) => ({
      participant,
      until,
      lettersADay,
      repliesOnly,
      isEnded: endedAt !== undefined,
      aliases: aliases
        .filter((alias) => alias.participant === participant)
        .map(({ name, endedAt: end }) => ({
          address: `${name}@${settings?.domain ?? ''}`,
          isEnded: end !== undefined,
        })),
      waiting: relay.waitingIn(participant),
    })),
  };
}
