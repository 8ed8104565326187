import type { MessageSummary } from '../../shared/message';

type Writer = Pick<MessageSummary, 'from' | 'writtenFrom'>;

/** Who wrote a message, as lists and letters name them: of what another program has put here, what its header says. */
export const senderName = ({ from, writtenFrom }: Writer, nameOf: (address: string) => string): string =>
  writtenFrom === undefined ? nameOf(from) : writtenFrom || 'Unknown sender';

/** The same as an address, where there is one. */
export const senderAddress = ({ from, writtenFrom }: Writer): string =>
  writtenFrom === undefined ? from : writtenFrom || 'Unknown sender';
