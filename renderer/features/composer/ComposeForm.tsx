import { useState } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useContacts } from '../../queries/use-contacts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { AttachmentStrip } from './attachments/AttachmentStrip';
import type { StartedDraft } from './draft/begin-draft';
import { ComposeFooter } from './ComposeFooter';
import { ComposeText } from './ComposeText';
import styles from './ComposeForm.module.css';
import { RECIPIENT_KINDS } from './draft/compose-state';
import { ComposeWindow } from './ComposeWindow';
import { DropZone } from './attachments/DropZone';
import { FromPicker } from './FromPicker';
import { RecipientFields } from './recipients/RecipientFields';
import { SealNote } from './send/SealNote';
import { SendQuestion } from './send/SendQuestion';
import { useAddressChecks } from './recipients/use-address-checks';
import { useComposeActions } from './use-compose-actions';
import type { ComposeActions } from './use-compose-actions';
import { useAttachments } from './attachments/use-attachments';
import { useCarriedAttachments } from './attachments/use-carried-attachments';
import { useDraft } from './draft/use-draft';
import { isolated } from '../../../shared/text/text-direction';

export type ComposeFormProps = { readonly composeId: string; readonly start: StartedDraft };

/** Sender, recipients, subject, text, attachments, and what happens with them. */
export const ComposeForm = ({ composeId, start }: ComposeFormProps) => {
  const draft = useDraft(start);
  const attachments = useAttachments(draft, start.attachments);
  useCarriedAttachments(attachments, start);
  const contacts = useContacts(draft.identityId) ?? [];
  const addresses = RECIPIENT_KINDS.flatMap((kind) => draft.state.recipients[kind].tokens);
  const checks = useAddressChecks(addresses);
  const actions = useComposeActions({ composeId, draft, attachments, contacts });
  // An answer has its recipients: the first thing to write is the text, above the quote.
  const [textFirst] = useState(start.content.to.length > 0);
  const onKeyDown = (event: KeyboardEvent) => {
    // React passes on the keys of menus that hang from here too.
    if (event.defaultPrevented || !(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      actions.send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      actions.close();
    }
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attachments.addFiles([...event.clipboardData.files]);
  };
  return (
    <ComposeWindow
      composeId={composeId}
      title={isolated(draft.state.subject.trim()) || 'New message'}
      onClose={actions.close}
    >
      <DropZone onFiles={attachments.addFiles}>
        {/* Keys and pastes of all fields pass here; the element itself is not a control. */}
        <div className={styles.form} role="presentation" onKeyDown={onKeyDown} onPaste={onPaste}>
          <FromPicker
            identityId={draft.identityId}
            disabled={attachments.busy || actions.busy}
            onChange={actions.changeIdentity}
          />
          <RecipientFields draft={draft} contacts={contacts} checks={checks} focusFirst={!textFirst} />
          <ComposeText draft={draft} textFirst={textFirst} />
          <AttachmentStrip editor={attachments} />
          <ComposeProblem actions={actions} />
          <SealNote addresses={addresses} contacts={contacts} checks={checks} />
          <ComposeFooter draft={draft} attachments={attachments} actions={actions} />
        </div>
      </DropZone>
      <SendQuestion doubts={actions.doubts} onAnswer={actions.answerDoubts} />
    </ComposeWindow>
  );
};

/** Why the last action did not happen. */
const ComposeProblem = ({ actions }: { readonly actions: ComposeActions }) => {
  if (actions.problem === undefined) return null;
  const dismiss = (
    <Button tone="quiet" onClick={actions.clearProblem}>
      Dismiss
    </Button>
  );
  return (
    <div className={styles.problem}>
      <Banner tone="danger" action={dismiss} testId="compose-problem">
        {actions.problem}
      </Banner>
    </div>
  );
};
