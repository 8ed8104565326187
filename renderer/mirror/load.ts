import type { CoreClient } from '../bridge/core-client';
import { inOrder, newestFirst, placeBy } from '../../shared/lists/list-view';
import type { ListFilter, SortedPlace } from '../../shared/lists/list-view';
import type { ListSort } from '../../shared/message';
import type { IdentityId } from '../../shared/ids';
import type { Identity } from '../../shared/identity';
import type { MailboxRef, MailboxSummary, Tag } from '../../shared/mailbox';
import { putMessages } from './apply-event';
import { wipeMirror } from './mirror-database';
import type { Mirror } from './mirror-database';

type From = { readonly core: CoreClient; readonly mirror: Mirror };

/** Rows asked for at once; more than two screens of the list. */
const PAGE_SIZE = 100;
/** Rows of a page when all are wanted. */
const LARGE_PAGE_SIZE = 500;

/** Begins the mirror anew with the person's identities, in one step: nobody sees it without any. */
export const loadIdentities = async ({ core, mirror }: From): Promise<Identity[]> => {
  const identities = await core.call('identities.list', {});
  await mirror.transaction('rw', mirror.tables, async () => {
    await wipeMirror(mirror);
    await mirror.identities.bulkPut(identities);
  });
  return identities;
};

export type LoadedIdentity = { readonly mailboxes: readonly MailboxSummary[]; readonly tags: readonly Tag[] };

/** Reads an identity's address book, mailboxes and tags. */
export const loadIdentity = async ({ core, mirror }: From, identityId: IdentityId): Promise<LoadedIdentity> => {
  const [contacts, mailboxes, tags] = await Promise.all([
    core.call('contacts.list', { identityId }),
    core.call('mailboxes.list', { identityId }),
    core.call('tags.list', { identityId }),
  ]);
  await mirror.contacts.bulkPut(contacts);
  return { mailboxes, tags };
};

/** Newest first, and all, without `sort` and `filters`. */
export type PageRequest = {
  readonly identityId: IdentityId;
  readonly folder: MailboxRef;
  readonly sort?: ListSort;
  readonly filters?: ListFilter[];
  readonly before?: SortedPlace;
  readonly isLarge?: boolean;
};
/** `oldest` is where the last row of the folder that was read stands; undefined while it is empty. */
export type LoadedPage = { readonly oldest: SortedPlace | undefined; readonly more: boolean };

/** Reads one page of a folder; `before` is where the last row stands that is already there. */
export const loadPage = async ({ core, mirror }: From, { isLarge, ...request }: PageRequest): Promise<LoadedPage> => {
  const limit = isLarge ? LARGE_PAGE_SIZE : PAGE_SIZE;
  const { messages, more } = await core.call('messages.page', { ...request, limit });
  await putMessages(mirror, messages);
  const { sort = newestFirst, before } = request;
  const places = messages.map((message) => placeBy(sort.by, message));
  return { oldest: [...(before ? [before] : []), ...places].sort(inOrder(sort)).at(-1), more };
};
