import type { CoreContract } from '../../../shared/contract/core-contract';
import type { IdentityId } from '../../../shared/ids';
import type { HandlersOf } from '../../../shared/contract/rpc-kit';
import type { OpenIdentity } from '../mail/profile/open-identity';
import type { ProfileSession } from '../mail/profile/profile-session';
import type { Services } from '../mail/mailbox';

export type Handlers = HandlersOf<CoreContract>;

/** The handlers of one family of calls. */
export type Of<Prefix extends string> = Pick<Handlers, Extract<keyof Handlers, `${Prefix}.${string}`>>;

export type Deps = {
  readonly services: Services;
  readonly session: ProfileSession;
  readonly of: (o: { identityId: IdentityId }) => OpenIdentity;
};

/** The answer of a call that returns nothing. */
export const done = {};
