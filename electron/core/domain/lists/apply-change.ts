import type { MailAddress } from '../../../../shared/ids';
import type { LogCut, ListChange } from '../../../../shared/mailing-lists/mailing-list';
import { MAX_LIST_MEMBERS } from './list-limits';
import { isMember, isSteward, type ListState } from './list-state';

type Signed = {
  readonly by: MailAddress;
  /** Its date, in milliseconds. */
  readonly at: number;
  readonly change: ListChange;
  /** Whether the acceptance of a `member.add` is signed by its address for this list. */
  readonly isAccepted: boolean;
};

/** The state after a change; undefined when whoever signed it may not do that, or it makes no sense any more. */
export function applyChange(state: ListState, o: Signed): ListState | undefined {
  return mayChange(state, o) ? changed(state, o) : undefined;
}

/** Who may what (LEDGER.md 2). A member who leaves needs nobody. */
function mayChange(state: ListState, { by, change, isAccepted }: Signed): boolean {
  if (change.op === 'member.leave') return isMember(state, by) && !isSteward(state, by);
  if (!isSteward(state, by)) return false;
  if (change.op === 'member.add') return isAccepted && mayAdd(state, change);
  if (change.op === 'member.remove') return isMember(state, change.address) && !isSteward(state, change.address);
  return true;
}

/** An acceptance counts once: who has left does not come back by the word with which they came. */
function mayAdd(state: ListState, { address, acceptance }: Extract<ListChange, { op: 'member.add' }>): boolean {
  const isNew = !isMember(state, address) && !state.accepted.has(acceptance.invitation);
  return isNew && state.members.size < MAX_LIST_MEMBERS;
}

function changed(state: ListState, { by, at, change }: Signed): ListState {
  switch (change.op) {
    case 'member.add':
      return {
        ...withMember(state, change.address, at),
        accepted: added(state.accepted, change.acceptance.invitation),
      };
    case 'member.leave':
      return without(state, by, change.cut);
    case 'member.remove':
      return without(state, change.address, change.cut);
    case 'policy.set':
      return { ...state, policy: change.policy };
    case 'post.show':
      return { ...state, shown: added(state.shown, change.id), hidden: taken(state.hidden, change.id) };
    case 'post.hide':
      return { ...state, hidden: added(state.hidden, change.id), shown: taken(state.shown, change.id) };
  }
}

/** Somebody who comes again is a member again, with all that they ever said. */
function withMember(state: ListState, address: MailAddress, at: number): ListState {
  const gone = new Map(state.gone);
  gone.delete(address);
  const since = state.since.has(address) ? state.since : new Map(state.since).set(address, at);
  return { ...state, gone, since, members: new Map(state.members).set(address, { address, role: 'member' }) };
}

function without(state: ListState, address: MailAddress, cut: readonly LogCut[]): ListState {
  const members = new Map(state.members);
  members.delete(address);
  return { ...state, members, gone: new Map(state.gone).set(address, cut) };
}

const added = <T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> => new Set([...set, one]);
const taken = <T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> => new Set([...set].filter((each) => each !== one));
