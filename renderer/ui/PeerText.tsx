import { onOneLine } from '../../shared/text/text-direction';
import styles from './PeerText.module.css';

export type PeerTextProps = {
  readonly text: string;
  /** Takes the width that there is, and cuts what does not fit. */
  readonly cut?: boolean;
};

/**
 * One line that a peer wrote: a subject, a name of a file, the beginning of a letter. It runs in its own direction
 * and turns nothing that stands beside it. Whatever a peer wrote is shown by this, by `isolated` in a sentence, or by
 * `PlainText`.
 */
export const PeerText = ({ text, cut = false }: PeerTextProps) => (
  <bdi dir="auto" className={cut ? styles.cut : undefined}>
    {onOneLine(text)}
  </bdi>
);
