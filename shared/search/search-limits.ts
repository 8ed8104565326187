/** What a search may cost: each limit with the accident or attack that it stops. */

/** Characters of a search: a text of megabytes that is pasted into the field, or saved as a search. */
export const MAX_SEARCH_CHARACTERS = 2_000;

/** Words and conditions that count; each costs a look into the index, and nobody reads a query of 10,000 words. */
export const MAX_SEARCH_TERMS = 40;

/** Words, signs and brackets that are read at all: 10,000 brackets cost no more than these. */
export const MAX_SEARCH_TOKENS = 400;

/** Brackets in brackets: a query that is all brackets would end the stack. */
export const MAX_SEARCH_DEPTH = 12;
