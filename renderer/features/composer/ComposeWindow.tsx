import { Maximize2, Minimize2, Minus, X } from 'lucide-react';
import { useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useCompose } from '../../state/compose';
import { IconButton } from '../../ui/IconButton';
import styles from './Composer.module.css';

type Shape = 'docked' | 'large' | 'folded';

export type ComposeWindowProps = {
  readonly composeId: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** The frame of a composer: docked at the lower right, large over the window, or folded to its title. */
export const ComposeWindow = ({ composeId, title, onClose, children }: ComposeWindowProps) => {
  const [shape, setShape] = useState<Shape>('docked');
  const place = useCompose(({ composers }) => composers.findIndex((open) => open.composeId === composeId));
  const position = { '--place': place } as CSSProperties;
  return (
    <>
      {shape === 'large' && <div className={styles.scrim} aria-hidden />}
      <section className={styles.window} role="dialog" aria-label={title} data-shape={shape} style={position} data-testid="composer">
        <header className={styles.bar}>
          {shape === 'folded' ? (
            <button type="button" className={styles.titleButton} onClick={() => setShape('docked')}>
              {title}
            </button>
          ) : (
            <h2 className={styles.title}>{title}</h2>
          )}
          {shape !== 'folded' && <IconButton icon={Minus} label="Fold" size="small" onClick={() => setShape('folded')} data-testid="composer-fold" />}
          <IconButton
            icon={shape === 'large' ? Minimize2 : Maximize2}
            label={shape === 'large' ? 'Smaller' : 'Larger'}
            size="small"
            onClick={() => setShape(shape === 'large' ? 'docked' : 'large')}
            data-testid="composer-size"
          />
          <IconButton icon={X} label="Close and keep as draft" shortcut="Esc" size="small" onClick={onClose} data-testid="composer-close" />
        </header>
        <div className={styles.content} hidden={shape === 'folded'}>
          {children}
        </div>
      </section>
    </>
  );
};
