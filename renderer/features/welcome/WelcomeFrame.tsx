import type { ReactNode } from 'react';
import { PosthornMark } from '../../parts/PosthornMark';
import styles from './WelcomeFrame.module.css';

export type WelcomeFrameProps = {
  readonly title: string;
  readonly lead: ReactNode;
  /** Which of the first-run steps this is, counted from 1; absent on the unlock page. */
  readonly step?: number;
  readonly children: ReactNode;
  /** Other ways, below the card. */
  readonly foot?: ReactNode;
};

const STEPS = ['Passphrase', 'Your name', 'Your address'] as const;

/** The quiet page around everything that happens before there is mail: mark, title, one card. */
export const WelcomeFrame = ({ title, lead, step, children, foot }: WelcomeFrameProps) => (
  <main className={styles.page}>
    <div className={styles.column}>
      <header className={styles.head}>
        <PosthornMark size={52} />
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
      </header>
      <section className={styles.card}>{children}</section>
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
      {step !== undefined && <Steps current={step} />}
    </div>
  </main>
);

const Steps = ({ current }: { readonly current: number }) => (
  <ol className={styles.steps} aria-label="Steps">
    {STEPS.map((name, index) => (
      <li
        key={name}
        aria-current={index + 1 === current ? 'step' : undefined}
        data-done={index + 1 < current || undefined}
      >
        {name}
      </li>
    ))}
  </ol>
);
