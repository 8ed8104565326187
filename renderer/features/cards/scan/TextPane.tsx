import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { Button } from '../../../ui/Button';
import { TextArea } from '../../../ui/fields/TextArea';
import styles from '../cards.module.css';
import { MOST_TEXT_OCTETS } from '../codes/limits';
import type { Scan } from './use-scan';

/** An address, a `mailto:` link or a vCard, typed or pasted. */
export const TextPane = ({ scan }: { readonly scan: Scan }) => {
  const [text, setText] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void scan.takeText(text.trim());
  };
  return (
    <form className={styles.text} onSubmit={submit} data-testid="text-pane">
      <TextArea
        label="Address, mailto: link or vCard"
        hint="Read it to each other, or paste it. A link or vCard also names the key."
        mono
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={MOST_TEXT_OCTETS}
        spellCheck={false}
        data-testid="scan-text"
      />
      <div className={styles.buttons}>
        <Button type="submit" tone="primary" disabled={text.trim() === ''} data-testid="scan-text-read">
          Look at this card
        </Button>
      </div>
    </form>
  );
};
