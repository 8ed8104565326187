import type { ReactNode } from 'react';
import styles from './PageFrame.module.css';

export type PageFrameProps = {
  readonly title: string;
  readonly lead?: string;
  /** Buttons at the right of the title. */
  readonly action?: ReactNode;
  readonly testId: string;
  readonly children: ReactNode;
};

/** A page beside the mail: a title over one comfortable column. */
export const PageFrame = ({ title, lead, action, testId, children }: PageFrameProps) => (
  <div className={styles.page} data-testid={testId}>
    <header className={styles.head}>
      <div className={styles.headline}>
        <h1 className={styles.title}>{title}</h1>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      </div>
      {action}
    </header>
    {children}
  </div>
);

export type PageSectionProps = { readonly title: string; readonly children: ReactNode };

/** A titled card on a page. */
export const PageSection = ({ title, children }: PageSectionProps) => (
  <section className={styles.section} aria-label={title}>
    <h2 className={styles.sectionTitle}>{title}</h2>
    <div className={styles.card}>{children}</div>
  </section>
);
