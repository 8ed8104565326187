import { VisuallyHidden } from '../../ui/VisuallyHidden';
import styles from './ThreadList.module.css';

/** Where rows will be. */
export const Skeleton = () => (
  <div data-testid="list-skeleton">
    <VisuallyHidden>Loading…</VisuallyHidden>
    {Array.from({ length: 8 }, (_, index) => (
      <div key={index} className={styles.skeleton} aria-hidden>
        <div className={styles.bone} />
        <div className={styles.bone} />
        <div className={styles.bone} />
      </div>
    ))}
  </div>
);
