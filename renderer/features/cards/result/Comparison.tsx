import { VisuallyHidden } from '../../../ui/VisuallyHidden';
import styles from './CardWarning.module.css';

export type ComparisonProps = {
  readonly known: string;
  readonly scanned: string;
  /** Positions at which the two differ. */
  readonly differs: readonly number[];
  readonly knownLabel: string;
  readonly scannedLabel: string;
};

const LETTERS_IN_LINE = 40;
const LETTERS_IN_GROUP = 4;

const linesOf = (length: number): number[] =>
  Array.from({ length: Math.ceil(length / LETTERS_IN_LINE) }, (_, line) => line * LETTERS_IN_LINE);

const Letters = ({
  text,
  from,
  marked,
}: {
  readonly text: string;
  readonly from: number;
  readonly marked: ReadonlySet<number>;
}) => (
  <span className={styles.letters} aria-hidden>
    {Array.from(text.slice(from, from + LETTERS_IN_LINE), (letter, index) => (
      <span
        key={index}
        className={styles.letter}
        data-differs={marked.has(from + index) || undefined}
        data-gap={(index + 1) % LETTERS_IN_GROUP === 0 || undefined}
      >
        {letter}
      </span>
    ))}
  </span>
);

/** Two texts, one above the other, letter by letter, with those marked that differ. */
export const Comparison = ({ known, scanned, differs, knownLabel, scannedLabel }: ComparisonProps) => {
  const marked = new Set(differs);
  return (
    <div className={styles.comparison} data-testid="card-comparison" data-differs={differs.length}>
      <VisuallyHidden>
        {`${knownLabel}: ${known}. ${scannedLabel}: ${scanned}. They differ at ${differs.length === 1 ? 'one place' : `${String(differs.length)} places`}: `}
        {differs
          .slice(0, 8)
          .map(
            (at) => `letter ${String(at + 1)}, ${known[at] ?? 'nothing'} there and ${scanned[at] ?? 'nothing'} here; `,
          )}
      </VisuallyHidden>
      {linesOf(Math.max(known.length, scanned.length)).map((from) => (
        <div key={from} className={styles.lines}>
          <span className={styles.label} aria-hidden>
            {knownLabel}
          </span>
          <Letters text={known} from={from} marked={marked} />
          <span className={styles.label} aria-hidden>
            {scannedLabel}
          </span>
          <Letters text={scanned} from={from} marked={marked} />
        </div>
      ))}
    </div>
  );
};
