import { create } from 'zustand';
import type { IdentityId, MailboxId, MessageId } from '../../shared/ids';
import type { MailboxRef } from '../../shared/mailbox';
import { Folder } from '../../shared/message';
import { threadKey } from './lists/thread-rows';

/** What fills the window: mail, or one of the pages beside it. */
export type View = 'mail' | 'contacts' | 'trust' | 'holders' | 'settings' | 'new-identity';

/** The conversation in the reader: whose it is, its thread and the message it was opened by. */
export type OpenConversation = {
  readonly identityId: IdentityId;
  readonly threadId: string;
  readonly messageId: MessageId;
};

type JoinedConversations = {
  readonly identityId: IdentityId;
  readonly threadId: string;
  readonly joined: readonly string[];
};

type Selection = {
  readonly view: View;
  readonly identityId: IdentityId | undefined;
  /** Whether the inboxes of all identities are shown in one list. `identityId` stays the one that new mail is from. */
  readonly isUnified: boolean;
  /** What its mailbox is for or, of one of the person's own, its id. */
  readonly folder: MailboxRef;
  readonly open: OpenConversation | undefined;
  /** Keys of the marked rows when several are chosen; empty otherwise. */
  readonly marked: ReadonlySet<string>;
  /**
   * When all rows of the list were marked (milliseconds), also those that are still to be read; undefined when they are
   * not. What comes later is not marked.
   */
  readonly wholeAt: number | undefined;
  /** The row that the keyboard stands on. */
  readonly cursor: string | undefined;
  /** What is searched for; undefined while a folder is shown. */
  readonly search: string | undefined;
};

const nowhere = {
  open: undefined,
  marked: new Set<string>(),
  wholeAt: undefined,
  cursor: undefined,
  search: undefined,
};

/** Where the person is. Changed through the functions below. */
export const useSelection = create<Selection>()(() => ({
  view: 'mail',
  identityId: undefined,
  isUnified: false,
  folder: 'inbox',
  ...nowhere,
}));

/** Shows one of the pages. */
export const showView = (view: View): void => useSelection.setState({ view });

/** Shows a mailbox of the present identity. */
export const showFolder = (folder: MailboxRef): void =>
  useSelection.setState({ view: 'mail', isUnified: false, folder, ...nowhere });

/** Shows the inboxes of all identities in one list. */
export const showAllInboxes = (): void =>
  useSelection.setState({ view: 'mail', isUnified: true, folder: 'inbox', ...nowhere });

/** Shows the inbox of the chosen identity in the place of all: it is the only one by now. */
export const leaveAllInboxes = (): void => {
  if (useSelection.getState().isUnified) useSelection.setState({ isUnified: false, ...nowhere });
};

/** Shows the inbox of an identity. */
export const showIdentity = (identityId: IdentityId): void =>
  useSelection.setState({ view: 'mail', identityId, isUnified: false, folder: 'inbox', ...nowhere });

/**
 * Another identity takes the place of one that is gone: the page and the folder stay, since the person may have chosen
 * them meanwhile; the other has no mailbox of one's own of this id.
 */
export const replaceIdentity = (identityId: IdentityId): void =>
  useSelection.setState(({ folder }) => ({
    identityId,
    folder: Folder.safeParse(folder).success ? folder : 'inbox',
    ...nowhere,
  }));

/** Shows the inbox in the place of a mailbox that was deleted. */
export const leaveMailbox = (mailboxId: MailboxId): void => {
  if (useSelection.getState().folder === mailboxId) useSelection.setState({ folder: 'inbox', ...nowhere });
};

/** Puts a conversation into the reader. */
export const openConversation = (open: OpenConversation): void =>
  useSelection.setState({ view: 'mail', open, marked: new Set(), wholeAt: undefined });

/** Whether a message belongs to the conversation in the reader: another identity may have one of the same name. */
export const isOfOpen = (
  message: { readonly identityId: IdentityId; readonly threadId: string },
  open: OpenConversation | undefined,
): boolean => open !== undefined && message.identityId === open.identityId && message.threadId === open.threadId;

/** Empties the reader. */
export const closeConversation = (): void => useSelection.setState({ open: undefined });

/** Marks rows for an action on several. */
export const markRows = (keys: Iterable<string>): void =>
  useSelection.setState({ marked: new Set(keys), wholeAt: undefined });

/** Marks every row of the list as it was at this time: these, and more of them as they are read. */
export const markWhole = (keys: Iterable<string>, wholeAt: number): void =>
  useSelection.setState({ marked: new Set(keys), wholeAt });

/** Moves the keyboard to a row. */
export const setCursor = (cursor: string | undefined): void => useSelection.setState({ cursor });

/** Starts, changes or (with undefined) ends a search. */
export const setSearch = (search: string | undefined): void =>
  useSelection.setState({ search, open: undefined, marked: new Set(), wholeAt: undefined, cursor: undefined });

/** What was open, marked or stood on stays so when its conversation has become part of another. */
export const followJoined = ({ identityId, threadId, joined }: JoinedConversations): void => {
  const keys = new Map(joined.map((former) => [threadKey(identityId, former), threadKey(identityId, threadId)]));
  const renamed = (key: string): string => keys.get(key) ?? key;
  useSelection.setState(({ open, marked, cursor }) => ({
    open: open && open.identityId === identityId && joined.includes(open.threadId) ? { ...open, threadId } : open,
    marked: new Set([...marked].map(renamed)),
    cursor: cursor === undefined ? undefined : renamed(cursor),
  }));
};

/** Forgets where the person was (the profile was locked). */
export const resetSelection = (): void =>
  useSelection.setState({ view: 'mail', identityId: undefined, isUnified: false, folder: 'inbox', ...nowhere });
