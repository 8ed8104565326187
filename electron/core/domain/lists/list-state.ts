import type { MailAddress } from '../../../../shared/ids';
import type {
  EntryId,
  InvitationId,
  LogCut,
  ListGenesis,
  ListPolicy,
} from '../../../../shared/mailing-lists/mailing-list';

export type ListMember = { readonly address: MailAddress; readonly role: 'steward' | 'member' };

/** What the members of a list agree on: what follows from the blocks that are final. */
export type ListState = {
  readonly members: ReadonlyMap<MailAddress, ListMember>;
  /** Who is no member any more, and how far their logs count; a log that is not named does not count. */
  readonly gone: ReadonlyMap<MailAddress, readonly LogCut[]>;
  /** When each became a member for the first time, in milliseconds by the clock of who decided it. */
  readonly since: ReadonlyMap<MailAddress, number>;
  /** Invitations by whose acceptance somebody became a member: none of them counts again. */
  readonly accepted: ReadonlySet<InvitationId>;
  readonly policy: ListPolicy;
  /** Posts that a steward let, and that a steward hid. */
  readonly shown: ReadonlySet<EntryId>;
  readonly hidden: ReadonlySet<EntryId>;
  /** Of the next block. */
  readonly round: number;
  readonly parent: EntryId;
  /** Two blocks were decided for one round: nothing is decided any more, and people must found anew. */
  readonly isDisputed: boolean;
};

/** `genesisId`: SHA-256 of the genesis, hex. */
export function firstState(genesis: ListGenesis, genesisId: EntryId): ListState {
  const { address } = genesis.founder;
  return {
    members: new Map([[address, { address, role: 'steward' }]]),
    gone: new Map(),
    since: new Map([[address, genesis.createdAt]]),
    accepted: new Set(),
    policy: genesis.policy,
    shown: new Set(),
    hidden: new Set(),
    round: 0,
    parent: genesisId,
    isDisputed: false,
  };
}

export const isMember = ({ members }: Pick<ListState, 'members'>, address: MailAddress): boolean =>
  members.has(address);

export const isSteward = ({ members }: Pick<ListState, 'members'>, address: MailAddress): boolean =>
  members.get(address)?.role === 'steward';

/** Whether an entry counts: its author is a member, or was and is not cut off before it. */
export function counts(
  { members, gone }: Pick<ListState, 'members' | 'gone'>,
  { author, ...entry }: { author: MailAddress; install: string; lane: string; number: number },
): boolean {
  if (members.has(author)) return true;
  const cut = gone.get(author)?.find(({ install, lane }) => install === entry.install && lane === entry.lane);
  return cut !== undefined && entry.number < cut.next;
}

/** Whether members see a post; in a list with moderation it waits for a steward. */
export function isShown(state: ListState, post: { readonly id: EntryId; readonly author: MailAddress }): boolean {
  if (state.hidden.has(post.id)) return false;
  return state.policy.posting === 'anybody' || isSteward(state, post.author) || state.shown.has(post.id);
}
