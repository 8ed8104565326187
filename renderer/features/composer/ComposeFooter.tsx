import { Paperclip, Send, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { ChangeEvent } from 'react';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import styles from './ComposeFooter.module.css';
import type { SaveState } from './draft/draft-saver';
import type { AttachmentEditor } from './attachments/use-attachments';
import type { ComposeActions } from './use-compose-actions';
import type { DraftEditor } from './draft/use-draft';

export type ComposeFooterProps = {
  readonly draft: DraftEditor;
  readonly attachments: AttachmentEditor;
  readonly actions: ComposeActions;
};

/** Send, attach, where saving stands, discard. */
export const ComposeFooter = ({ draft, attachments, actions }: ComposeFooterProps) => {
  const picker = useRef<HTMLInputElement>(null);
  const pick = (event: ChangeEvent<HTMLInputElement>) => {
    attachments.addFiles([...(event.target.files ?? [])]);
    // So that the same file can be chosen again after it was removed.
    event.target.value = '';
  };
  return (
    <div className={styles.footer}>
      <Button tone="primary" icon={Send} busy={actions.busy} onClick={actions.send} data-testid="compose-send">
        {actions.busy ? 'Sealing…' : 'Send'}
      </Button>
      <IconButton
        icon={Paperclip}
        label="Attach files"
        onClick={() => picker.current?.click()}
        data-testid="compose-attach"
      />
      <input ref={picker} type="file" multiple hidden onChange={pick} data-testid="compose-file-input" />
      <span className={styles.saving} role="status" data-testid="draft-state" data-state={draft.saveState}>
        {saveWords(draft.saveState, draft.saveError)}
      </span>
      <IconButton
        icon={Trash2}
        label="Discard draft"
        disabled={actions.busy}
        onClick={actions.discard}
        data-testid="compose-discard"
      />
    </div>
  );
};

const saveWords = (state: SaveState, error: string | undefined): string => {
  const words: Readonly<Record<SaveState, string>> = {
    idle: '',
    pending: 'Saving…',
    saving: 'Saving…',
    saved: 'Saved in Drafts',
    failed: `Not saved yet. ${error ?? ''}`,
  };
  return words[state];
};
