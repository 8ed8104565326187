import { PosthornError } from '../../../../shared/errors';
import type { GatewayPlan } from '../../ports/storage/gateway/relay-records';
import type { Mailbox } from '../mailbox';

/** How this identity is a gateway. Throws `invalid-call` before that was set. */
export function requirePlan({ relay }: Pick<Mailbox, 'relay'>): GatewayPlan {
  const plan = relay.plan();
  if (plan) return plan;
  throw new PosthornError(
    'invalid-call',
    'This identity is no gateway yet. Set its domain first; nothing was changed.',
  );
}
