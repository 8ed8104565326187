import { kindWords } from '../web/kind-words';
import { colourTokens, KIND_ORDER, signs } from '../web/person-signs';
import styles from './TrustPicture.module.css';
import type { PersonKind, Web } from '../web/web';

const SIZE = 16;

/** The sign of a kind of person, as the picture draws it. Decorative: its word stands beside it. */
export const KindSign = ({ kind }: { readonly kind: PersonKind }) => {
  const { outline, filled, mark, colour, radius } = signs[kind];
  const scale = Math.min(6.6, Math.max(5, radius * 0.62));
  const ink = `var(${colourTokens[colour]})`;
  return (
    <svg
      className={styles.legendSign}
      width={SIZE}
      height={SIZE}
      viewBox={`${String(-SIZE / 2)} ${String(-SIZE / 2)} ${String(SIZE)} ${String(SIZE)}`}
      aria-hidden
      focusable={false}
    >
      <g transform={`scale(${String(scale)})`} strokeLinecap="round" strokeLinejoin="round">
        <path d={outline} fill={filled ? ink : 'none'} stroke={ink} strokeWidth={filled ? 0 : 0.27} />
        {mark !== undefined && <path d={mark} fill="none" stroke="var(--surface-page)" strokeWidth={0.26} />}
      </g>
    </svg>
  );
};

/** What each sign means and how many there are of it; only those that are in the picture. */
export const Legend = ({ web, shown }: { readonly web: Web; readonly shown: ReadonlySet<number> }) => {
  const counts = new Map<PersonKind, number>();
  for (const { at, kind } of web.people) if (shown.has(at)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const introduces = web.people.some((person) => shown.has(person.at) && person.introduces);
  return (
    <ul className={styles.legend} aria-label="What the signs mean" data-testid="trust-legend">
      {KIND_ORDER.filter((kind) => counts.has(kind)).map((kind) => (
        <li key={kind} className={styles.legendLine}>
          <KindSign kind={kind} />
          <span>{kindWords[kind]}</span>
          {kind !== 'you' && <span className={styles.legendCount}>{counts.get(kind)?.toLocaleString()}</span>}
        </li>
      ))}
      {introduces && (
        <li className={styles.legendLine}>
          <svg
            className={styles.legendSign}
            width={SIZE}
            height={SIZE}
            viewBox="-8 -8 16 16"
            aria-hidden
            focusable={false}
          >
            <circle r={3.4} fill="var(--text-faint)" />
            <circle r={6.4} fill="none" stroke="var(--text-faint)" strokeWidth={1.25} />
          </svg>
          <span>Introduces others</span>
        </li>
      )}
    </ul>
  );
};
