import { create } from 'zustand';
import type { IdentityId } from '../../shared/ids';
import type { MailboxSummary } from '../../shared/mailbox';
import type { MessageSummary } from '../../shared/message';
import type { ThreadRow } from './lists/thread-rows';

/** What a mailbox or a tag is chosen for. */
export type Picking =
  | { readonly kind: 'move-rows'; readonly rows: readonly ThreadRow[] }
  | { readonly kind: 'move-mailbox'; readonly mailbox: MailboxSummary }
  | { readonly kind: 'tag'; readonly messages: readonly MessageSummary[] }
  /** The tags themselves are renamed, coloured or deleted. */
  | { readonly kind: 'change-tags'; readonly identityId: IdentityId };

/** What is chosen for now, if anything. */
export const usePicker = create<{ readonly picking: Picking | undefined }>()(() => ({ picking: undefined }));

/** Asks for a mailbox or a tag; with undefined it asks no more. */
export const pick = (picking: Picking | undefined): void => usePicker.setState({ picking });
