/** How loud a word is: the tones of `Badge`. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'danger';

/** A short title for a badge or heading, and one full sentence that explains it. */
export type Words = { readonly title: string; readonly sentence: string; readonly tone: Tone };
