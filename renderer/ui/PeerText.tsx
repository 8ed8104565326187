import { onOneLine } from '../../shared/text-direction';

/**
 * One line that a peer wrote: a subject, a name of a file, the beginning of a letter. It runs in its own direction
 * and turns nothing that stands beside it. Whatever a peer wrote is shown by this, by `isolated` in a sentence, or by
 * `PlainText`.
 */
export const PeerText = ({ text }: { readonly text: string }) => <bdi dir="auto">{onOneLine(text)}</bdi>;
