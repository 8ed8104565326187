import styles from './ComposeForm.module.css';
import type { DraftEditor } from './draft/use-draft';

export type ComposeTextProps = {
  readonly draft: DraftEditor;
  /** The focus starts in the text: an answer has its recipients. */
  readonly textFirst: boolean;
};

/** Subject and text. */
export const ComposeText = ({ draft, textFirst }: ComposeTextProps) => (
  <>
    <label className={styles.subject}>
      <span>Subject</span>
      <input
        dir="auto"
        value={draft.state.subject}
        onChange={(event) => draft.change({ subject: event.target.value })}
        maxLength={2_000}
        autoComplete="off"
        data-testid="compose-subject"
      />
    </label>
    <textarea
      className={styles.text}
      aria-label="Message"
      dir="auto"
      value={draft.state.text}
      onChange={(event) => draft.change({ text: event.target.value })}
      autoFocus={textFirst}
      onFocus={(event) => placeCaret(event.currentTarget, textFirst)}
      maxLength={2_000_000}
      placeholder="Write your message"
      spellCheck
      data-pane-focus
      data-testid="compose-text"
    />
  </>
);

/** Chromium puts the caret behind the text; an answer begins above the quote. Only the first time. */
const placeCaret = (area: HTMLTextAreaElement, atStart: boolean): void => {
  if (!atStart || area.dataset['placed'] !== undefined) return;
  area.dataset['placed'] = '';
  area.setSelectionRange(0, 0);
  area.scrollTop = 0;
};
