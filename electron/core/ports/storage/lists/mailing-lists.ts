import type { MailAddress, MailboxId } from '../../../../../shared/ids';
import type { InstallId, InvitationId, MailingListId } from '../../../../../shared/mailing-lists/mailing-list';
import type { Entry } from '../../../domain/lists/entry';
import type { EntryShelf } from '../../../domain/lists/entry-shelf';

export type StoredList = {
  readonly id: MailingListId;
  /** As it was received. */
  readonly genesis: Uint8Array;
  /** `joining`: accepted, and not told of as a member yet. `left`: nothing is sent or taken any more. */
  readonly standing: 'joining' | 'member' | 'left';
  /** Where its posts are filed. */
  readonly mailbox: MailboxId;
  /** Under which we write; absent after a restore, until we write again. */
  readonly install?: InstallId;
};

export type StoredInvitation = {
  readonly id: InvitationId;
  /** We have invited `peer`; otherwise they have invited us. */
  readonly isOurs: boolean;
  readonly state: 'open' | 'accepted' | 'declined';
  readonly peer: MailAddress;
  readonly expiresAt: number;
  readonly genesis: Uint8Array;
};

/** What a member fetched of a list, and when they were asked for what was missing before entries of theirs. */
export type ListPeer = { readonly day: number; readonly octets: number; readonly askedAt: number };

/** Lists that this identity is on, or was: what their members said, as each of them signed it. */
export type MailingLists = {
  all(): StoredList[];
  find(id: MailingListId): StoredList | undefined;
  add(list: StoredList): void;
  change(id: MailingListId, change: Partial<Pick<StoredList, 'standing' | 'mailbox' | 'install'>>): void;
  /** All that `run` puts on the shelf is one commit; what it throws changes nothing. Throws `list-unknown`. */
  onShelf<T>(id: MailingListId, run: (shelf: EntryShelf) => T): T;
  /** Posts that were not filed yet, in the order in which they came, behind `after`. */
  unfiled(o: { readonly after: number; readonly limit: number }): UnfiledPost[];
  setFiled(row: number): void;
  invitations(): StoredInvitation[];
  /** Puts a new one, or another state of one that is there. */
  putInvitation(invitation: StoredInvitation): void;
  peer(id: MailingListId, address: MailAddress): ListPeer | undefined;
  putPeer(id: MailingListId, peer: ListPeer & { readonly address: MailAddress }): void;
};

export type UnfiledPost = { readonly row: number; readonly list: MailingListId; readonly entry: Entry };
