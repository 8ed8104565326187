import type { RecipientEntry } from '../draft/compose-state';

/** What a key does in a recipient field. */
export type RecipientKey = 'down' | 'up' | 'accept' | 'dismiss' | 'remove-last';

type Pressed = {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
};

/**
 * The meaning of a key, which depends on what is typed and whether contacts are suggested; nothing for ordinary keys.
 */
export const recipientKey = (
  pressed: Pressed,
  entry: RecipientEntry,
  suggesting: boolean,
): RecipientKey | undefined => {
  if (pressed.ctrlKey || pressed.metaKey) return undefined;
  return suggesting ? (suggestionKey(pressed) ?? typingKey(pressed, entry)) : typingKey(pressed, entry);
};

const suggestionKey = ({ key, shiftKey }: Pressed): RecipientKey | undefined => {
  if (key === 'Tab') return shiftKey ? undefined : 'accept';
  const meanings: Readonly<Partial<Record<string, RecipientKey>>> = {
    ArrowDown: 'down',
    ArrowUp: 'up',
    Escape: 'dismiss',
  };
  return meanings[key];
};

const typingKey = ({ key }: Pressed, { tokens, typing }: RecipientEntry): RecipientKey | undefined => {
  if (key === 'Enter') return 'accept';
  // A space ends a bare address, but not a name, nor one in angle brackets.
  if (key === ' ') return typing.includes('@') && !typing.includes('<') ? 'accept' : undefined;
  return key === 'Backspace' && typing === '' && tokens.length > 0 ? 'remove-last' : undefined;
};
