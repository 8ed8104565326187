import type { MessageSummary } from '../../../shared/message';
import { showToast } from '../../state/toasts';

/** A change of so many is taken back by hand sooner than it is read that it can be. */
const FEW = 20;

type Offer = {
  /** What became of them, as «marked as read». */
  readonly said: string;
  readonly undo: () => Promise<unknown>;
};

/** Says what was done to many messages, and offers to take it back; of few, the list itself shows it. */
export const offerUndo = (messages: readonly MessageSummary[], { said, undo }: Offer): void => {
  if (messages.length <= FEW) return;
  const text = `${messages.length} messages ${said}`;
  showToast({ text, action: { label: 'Undo', run: () => void undo() } });
};
