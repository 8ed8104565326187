export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * The name of a key press as the table has it: `j`, `#`, `Ctrl+n`, `Shift+F6`. Letters and signs do not name Shift: it
 * is in the character. The command key of a Mac counts as Ctrl.
 */
export const keyName = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): string => {
  const named = key.length > 1;
  const modifiers = [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && named && 'Shift'].filter(
    (name) => name !== false,
  );
  return [...modifiers, named ? key : key.toLowerCase()].join('+');
};
