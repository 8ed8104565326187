import { create } from 'zustand';

export type Confirmation = {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly tone?: 'primary' | 'danger';
  readonly run: () => void;
};

/** The question that the window asks now, if any. */
export const useConfirmation = create<{ readonly question: Confirmation | undefined }>()(() => ({
  question: undefined,
}));

/** Asks before something that cannot be taken back. */
export const askToConfirm = (question: Confirmation): void => useConfirmation.setState({ question });
