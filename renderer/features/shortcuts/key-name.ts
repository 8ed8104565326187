export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * The name of a key press as the table has it: `j`, `#`, `Ctrl+n`, `Ctrl+Shift+l`, `Shift+F6`. Letters and signs alone
 * do not name Shift: it is in the character, as it is in digits of some keyboards. The command key of a Mac counts as
 * Ctrl.
 */
export const keyName = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string => {
  const named = key.length > 1;
  const control = ctrlKey || metaKey;
  const shiftCounts = named || (control && /^\p{L}$/u.test(key));
  const modifiers = [control && 'Ctrl', altKey && 'Alt', shiftKey && shiftCounts && 'Shift'].filter(
    (name) => name !== false,
  );
  return [...modifiers, named ? key : key.toLowerCase()].join('+');
};
