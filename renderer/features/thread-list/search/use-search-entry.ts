import { useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { flushSync } from 'react-dom';
import type { Contact } from '../../../../shared/contact';
import { setSearch } from '../../../state/selection';
import { searchSuggestions, typedWord, withSuggestion } from './search-suggestions';
import type { SearchSuggestion } from './search-suggestions';

/** How the search field behaves: typing, suggestions, and the keys that go through them and on to the list. */
export type SearchEntry = {
  readonly suggestions: readonly SearchSuggestion[];
  /** The suggestion that Enter takes; none until an arrow has gone to one, so that Enter goes to what is found. */
  readonly chosen: SearchSuggestion | undefined;
  readonly type: (text: string) => void;
  readonly take: (suggestion: SearchSuggestion) => void;
  readonly open: () => void;
  readonly close: () => void;
  readonly leave: () => void;
  readonly keyDown: (event: KeyboardEvent) => void;
};

const toList = (): void => document.getElementById('thread-list')?.focus();

type Parts = {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly contacts: readonly Contact[];
};

/** Keeps the suggestions of the search field and turns keys into changes of the search. */
export const useSearchEntry = ({ input, text, contacts }: Parts): SearchEntry => {
  const [isOpen, setOpen] = useState(false);
  const [choice, setChoice] = useState(-1);
  const caret = input.current?.selectionStart ?? text.length;
  const suggestions = isOpen ? searchSuggestions(typedWord(text, caret).word, contacts) : [];
  const chosen = suggestions[choice];
  const change = (open: boolean) => {
    setOpen(open);
    setChoice(-1);
  };
  const type = (next: string) => {
    change(true);
    setSearch(next === '' ? undefined : next);
  };
  const take = (suggestion: SearchSuggestion) => {
    const next = withSuggestion(text, caret, suggestion);
    // At once: what is typed next must not come before the caret is where it belongs.
    flushSync(() => type(next.text));
    input.current?.setSelectionRange(next.caret, next.caret);
  };
  const leave = () => {
    change(false);
    setSearch(undefined);
    toList();
  };
  const accept = () => {
    if (chosen) take(chosen);
    else {
      change(false);
      toList();
    }
  };
  const keys: Readonly<Partial<Record<string, () => void>>> = {
    ArrowDown: () => (choice + 1 < suggestions.length ? setChoice(choice + 1) : toList()),
    ...(choice >= 0 ? { ArrowUp: () => setChoice(choice - 1), Tab: accept } : {}),
    Enter: accept,
    Escape: () => (suggestions.length > 0 && text !== '' ? change(false) : leave()),
  };
  const keyDown = (event: KeyboardEvent) => {
    const act = event.nativeEvent.isComposing || event.shiftKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return { suggestions, chosen, type, take, leave, keyDown, open: () => change(true), close: () => change(false) };
};
