import type { IdentityId, MessageId } from '../../../shared/ids';
import type { DraftContent } from '../../../shared/message';
import { openComposer } from '../../state/compose';
import type { Services } from '../../state/services';
import { showToast } from '../../state/toasts';
import { tryOrTell } from '../window/try-or-tell';
import { readAttachment } from '../messages/save-attachment';

export type Discarded = {
  readonly identityId: IdentityId;
  readonly draftId: MessageId | undefined;
  readonly content: DraftContent;
};

type Files = readonly { filename: string; contentType: string; content: Uint8Array }[];

/** Deletes a draft and offers to take that back; attachments are kept in memory until the toast is gone. */
export const discardDraft = async (services: Services, { identityId, draftId, content }: Discarded): Promise<void> => {
  const files = draftId === undefined ? [] : await filesOf(services, identityId, draftId);
  if (draftId !== undefined) await services.core.call('drafts.discard', { identityId, draftId });
  const undo = () => void tryOrTell(() => restore(services, { identityId, content, files }));
  showToast({ text: 'Draft discarded', action: { label: 'Undo', run: undo } });
};

const filesOf = async (services: Services, identityId: IdentityId, draftId: MessageId): Promise<Files> => {
  const { attachments } = await services.core.call('drafts.read', { identityId, draftId });
  return Promise.all(
    attachments.map((attachment) => readAttachment(services, { message: { id: draftId, identityId }, attachment })),
  );
};

type Restorable = { readonly identityId: IdentityId; readonly content: DraftContent; readonly files: Files };

const restore = async ({ core }: Services, { identityId, content, files }: Restorable): Promise<void> => {
  const { id: draftId } = await core.call('drafts.save', { identityId, content });
  for (const file of files) await core.call('drafts.attach', { identityId, draftId, ...file });
  openComposer({ identityId, draftId });
};
