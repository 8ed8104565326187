import { useState } from 'react';
import type { ClipboardEvent, KeyboardEvent } from 'react';
import type { Contact } from '../../../../shared/contact';
import { withTokens } from '../draft/compose-state';
import type { RecipientEntry } from '../draft/compose-state';
import { matchingContacts } from './matching-contacts';
import { recipientKey } from './recipient-key';
import { choiceAfter, pasted, withoutLast, withoutToken } from './recipient-editing';
import { endsRecipient } from '../../../../shared/address/recipients-in';

export type RecipientEntryParts = {
  readonly entry: RecipientEntry;
  readonly onChange: (entry: RecipientEntry) => void;
  /** Whom to suggest. */
  readonly contacts: readonly Contact[];
};

/** How a recipient field behaves: typing, completing, pasting several, removing. */
export type RecipientEditor = {
  readonly suggestions: readonly Contact[];
  /** The suggestion that Enter takes. */
  readonly chosen: Contact | undefined;
  readonly type: (typing: string) => void;
  readonly add: (text: string) => void;
  readonly remove: (token: string) => void;
  /** Makes a token of what is typed: the field is left. */
  readonly commit: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
};

/** Keeps the suggestions of one recipient field and turns keys into changes of its entry. */
export const useRecipientEntry = ({ entry, onChange, contacts }: RecipientEntryParts): RecipientEditor => {
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState(0);
  const suggestions = open ? matchingContacts(contacts, entry.typing) : [];
  const chosen = suggestions[Math.min(choice, suggestions.length - 1)];
  const add = (text: string) => onChange(withTokens(entry, text));
  const move = (step: 1 | -1) => setChoice(choiceAfter(choice, step, suggestions.length));
  const commit = () => {
    setOpen(false);
    if (entry.typing.trim() !== '') add(entry.typing);
  };
  const accept = () => {
    if (chosen === undefined) commit();
    else add(chosen.address);
  };
  const actions = {
    down: () => move(1),
    up: () => move(-1),
    accept,
    dismiss: () => setOpen(false),
    'remove-last': () => onChange(withoutLast(entry)),
  };
  return {
    suggestions,
    chosen,
    add,
    commit,
    type: (typing) => {
      setOpen(true);
      setChoice(0);
      if (endsRecipient(typing)) add(typing);
      else onChange({ ...entry, typing });
    },
    remove: (token) => onChange(withoutToken(entry, token)),
    onKeyDown: (event) => {
      const meaning = recipientKey(event, entry, chosen !== undefined);
      if (meaning === undefined) return;
      event.preventDefault();
      actions[meaning]();
    },
    onPaste: (event) => {
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      const replaced = value.slice(selectionStart ?? 0, selectionEnd ?? 0);
      const next = pasted(entry, { text: event.clipboardData.getData('text'), replaced });
      if (next === undefined) return;
      event.preventDefault();
      onChange(next);
    },
  };
};
