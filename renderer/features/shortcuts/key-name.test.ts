import { describe, expect, it } from 'vitest';
import { keyName } from './key-name';

const press = (key: string, modifiers: object = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

describe('keyName', () => {
  it('names plain keys by their character', () => {
    expect(press('j')).toBe('j');
    expect(press('J', { shiftKey: true })).toBe('j');
    expect(press('#', { shiftKey: true })).toBe('#');
    expect(press('?', { shiftKey: true })).toBe('?');
  });

  it('names modifiers', () => {
    expect(press('n', { ctrlKey: true })).toBe('Ctrl+n');
    expect(press('n', { metaKey: true })).toBe('Ctrl+n');
    expect(press('F6', { shiftKey: true })).toBe('Shift+F6');
    expect(press('a', { altKey: true })).toBe('Alt+a');
  });
});
