import { withTokens } from '../draft/compose-state';
import type { RecipientEntry } from '../draft/compose-state';

/** The entry without a token. */
export const withoutToken = (entry: RecipientEntry, token: string): RecipientEntry => ({
  ...entry,
  tokens: entry.tokens.filter((other) => other !== token),
});

/** The entry without its last token. */
export const withoutLast = (entry: RecipientEntry): RecipientEntry => ({ ...entry, tokens: entry.tokens.slice(0, -1) });

/** Which of `count` suggestions an arrow leads to; the list is a ring, so that the last is one step above the first. */
export const choiceAfter = (choice: number, step: 1 | -1, count: number): number =>
  count === 0 ? 0 : (choice + step + count) % count;

/**
 * What a paste makes of the entry; undefined: it goes into the field as any text does. `replaced` is what was selected:
 * only in place of everything that is typed does a paste become recipients, because behind «bo» it would make another
 * address.
 */
export const pasted = (
  entry: RecipientEntry,
  { text, replaced }: { readonly text: string; readonly replaced: string },
): RecipientEntry | undefined =>
  text.includes('@') && entry.typing.trim() === replaced.trim() ? withTokens(entry, text) : undefined;
