import { CircleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Icon } from './Icon';
import styles from './Toast.module.css';

export type ToastProps = {
  readonly text: string;
  readonly tone: 'info' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly onClose: () => void;
};

const SHOWN_FOR = { info: 7_000, danger: 12_000 } as const;

/** A short text at the foot of the window that leaves by itself. */
export const Toast = ({ text, tone, action, onClose }: ToastProps) => {
  useEffect(() => {
    const timer = setTimeout(onClose, SHOWN_FOR[tone]);
    return () => clearTimeout(timer);
  }, [onClose, tone]);
  return (
    <div className={styles.toast} data-testid="toast">
      {tone === 'danger' && <Icon icon={CircleAlert} />}
      <span className={styles.words}>{text}</span>
      {action && (
        <button
          type="button"
          className={styles.action}
          data-testid="toast-action"
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label="Dismiss" onClick={onClose}>
        <Icon icon={X} size={14} />
      </button>
    </div>
  );
};

/** Where toasts appear; announced when the person pauses. */
export const ToastRegion = ({ children }: { readonly children: ReactNode }) => (
  <div role="status" aria-live="polite" aria-label="Notices" className={styles.region}>
    {children}
  </div>
);
