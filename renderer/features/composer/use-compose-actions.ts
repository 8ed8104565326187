import { useState } from 'react';
import type { IdentityId } from '../../../shared/ids';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { contentOf, settleRecipients } from './draft/compose-state';
import { changeSender, dropDraft, keepDraft, submitDraft } from './finish-draft';
import type { ComposeParts } from './finish-draft';
import type { AttachmentEditor } from './attachments/use-attachments';
import type { DraftEditor } from './draft/use-draft';
import { sendDoubts } from './send/send-checks';
import type { SendDoubt } from './send/send-checks';
import { sendRefusal } from './send/send-refusal';

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

/** What can be done with the message that is being written. */
export const useComposeActions = (
  parts: ComposeParts & { readonly draft: DraftEditor; readonly attachments: AttachmentEditor },
): ComposeActions => {
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
      if (problem === undefined && found.length === 0) await submitDraft(services, parts);
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
      if (answer) void task.run(() => submitDraft(services, parts));
    },
    send,
    close: () => void task.run(() => keepDraft(services, parts)),
    discard: () => void task.run(() => dropDraft(services, parts)),
    changeIdentity: (identityId) => void task.run(() => changeSender(services, parts, identityId)),
  };
};
