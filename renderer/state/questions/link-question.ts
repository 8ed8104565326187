import { create } from 'zustand';

/** A link that was pressed, and the words it stood under. Links are never opened: they can be looked at and copied. */
export type LinkQuestion = { readonly url: string; readonly words: string };

export const useLinkQuestion = create<{ readonly link: LinkQuestion | undefined }>()(() => ({ link: undefined }));

/** Shows where a link leads. */
export const askAboutLink = (link: LinkQuestion): void => useLinkQuestion.setState({ link });
