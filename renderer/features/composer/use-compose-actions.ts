import { useState } from 'react';
import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import { copyDraft } from '../../actions/compose/copy-draft';
import { discardDraft } from '../../actions/compose/discard-draft';
import { followDelivery } from '../../actions/messages/follow-delivery';
import { useTask } from '../../parts/use-task';
import { namesIn } from '../../queries/use-contacts';
import { closeComposer } from '../../state/compose';
import { useServices } from '../../state/services';
import type { Services } from '../../state/services';
import { contentOf, isBlank, settleRecipients } from './draft/compose-state';
import { sendDoubts } from './send/send-checks';
import type { SendDoubt } from './send/send-checks';
import { sendRefusal } from './send/send-refusal';
import type { AttachmentEditor } from './attachments/use-attachments';
import type { DraftEditor } from './draft/use-draft';

export type ComposeActions = {
  readonly busy: boolean;
  /** Why the last action did not happen. */
  readonly problem: string | undefined;
  readonly clearProblem: () => void;
  /** What may have been forgotten; asked before the message leaves. */
  readonly doubts: readonly SendDoubt[];
  readonly answerDoubts: (send: boolean) => void;
  readonly send: () => void;
  /** Closes; the draft stays. */
  readonly close: () => void;
  readonly discard: () => void;
  readonly changeIdentity: (identityId: IdentityId) => void;
};

type Parts = {
  readonly composeId: string;
  readonly draft: DraftEditor;
  readonly attachments: AttachmentEditor;
  /** The sender's address book, whose names the toasts about the delivery use. */
  readonly contacts: readonly Contact[];
};

/** What can be done with the message that is being written. */
export const useComposeActions = (parts: Parts): ComposeActions => {
  const services = useServices();
  const task = useTask();
  const [refusal, setRefusal] = useState<string>();
  const [doubts, setDoubts] = useState<readonly SendDoubt[]>([]);
  const { draft } = parts;
  const send = () => {
    const settled = settleRecipients(draft.state);
    draft.change(settled);
    void task.run(async () => {
      const content = contentOf(settled);
      const problem = await sendRefusal(services.core, content, parts.attachments);
      const found =
        problem === undefined ? sendDoubts({ ...content, attachmentCount: parts.attachments.items.length }) : [];
      setRefusal(problem);
      setDoubts(found);
      if (problem === undefined && found.length === 0) await submit(services, parts);
    });
  };
  return {
    busy: task.busy,
    problem: refusal ?? task.error,
    clearProblem: () => {
      setRefusal(undefined);
      task.clearError();
    },
    doubts,
    answerDoubts: (answer) => {
      setDoubts([]);
      if (answer) void task.run(() => submit(services, parts));
    },
    send,
    close: () => void task.run(() => keepDraft(services, parts)),
    discard: () => void task.run(() => dropDraft(services, parts)),
    changeIdentity: (identityId) => void task.run(() => changeSender(services, parts, identityId)),
  };
};

const submit = async (services: Services, { composeId, draft, contacts }: Parts): Promise<void> => {
  const sent = { identityId: draft.identityId, draftId: await draft.store() };
  const message = await services.core.call('messages.submit', sent);
  draft.end();
  followDelivery({ core: services.core, nameOf: namesIn(contacts) }, message);
  closeComposer(composeId);
};

/** A draft that has become empty is nothing to keep. */
const keepDraft = async ({ core }: Services, { composeId, draft, attachments }: Parts): Promise<void> => {
  await draft.flush();
  const draftId = draft.storedId();
  const empty = isBlank(contentOf(draft.state)) && attachments.items.length === 0;
  if (empty && draftId !== undefined) {
    draft.end();
    await core.call('drafts.discard', { identityId: draft.identityId, draftId });
  }
  closeComposer(composeId);
};

const dropDraft = async (services: Services, parts: Parts): Promise<void> => {
  const { composeId, draft, attachments } = parts;
  const content = contentOf(draft.state);
  const { identityId } = draft;
  const nothing = isBlank(content) && attachments.items.length === 0;
  if (nothing) return keepDraft(services, parts);
  await draft.flush();
  draft.end();
  await discardDraft(services, { identityId, draftId: draft.storedId(), content });
  closeComposer(composeId);
};

const changeSender = async (services: Services, { draft, attachments }: Parts, to: IdentityId): Promise<void> => {
  const from = draft.identityId;
  if (to === from) return;
  await draft.flush();
  const draftId = draft.storedId();
  if (draftId === undefined) {
    draft.restart(to, undefined);
    return;
  }
  const copy = await copyDraft(services, { from, draftId, to });
  draft.restart(to, copy.id);
  attachments.replaceAll(copy.attachments);
  await services.core.call('drafts.discard', { identityId: from, draftId });
};
