import { Maximize2, Minimize2, Minus, X } from 'lucide-react';
import type { CSSProperties, KeyboardEvent, ReactNode } from 'react';
import { useCompose } from '../../state/compose';
import { IconButton } from '../../ui/IconButton';
import { setComposeShape, useComposeShapes } from './compose-shapes';
import type { ComposeShape } from './compose-shapes';
import styles from './Composer.module.css';

export type ComposeWindowProps = {
  readonly composeId: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

const closeOnEscape = (event: KeyboardEvent, close: () => void): void => {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  close();
};

/** The frame of a composer: docked at the lower right, large over the window, or folded to its title. */
export const ComposeWindow = ({ composeId, title, onClose, children }: ComposeWindowProps) => {
  const { shape, place, anyFolded } = usePlace(composeId);
  const setShape = (next: ComposeShape) => setComposeShape(composeId, next);
  const position = { '--place': place } as CSSProperties;
  return (
    <>
      {shape === 'large' && <div className={styles.scrim} aria-hidden />}
      <section
        className={styles.window}
        role="dialog"
        aria-label={title}
        data-pane={shape === 'folded' ? undefined : 'composer'}
        data-shape={shape}
        data-raised={anyFolded || undefined}
        style={position}
        data-testid="composer"
      >
        {/* Keys of its buttons pass here; the bar itself is not a control. */}
        <div className={styles.bar} role="presentation" onKeyDown={(event) => closeOnEscape(event, onClose)}>
          {shape === 'folded' ? (
            <button type="button" className={styles.titleButton} onClick={() => setShape('docked')}>
              {title}
            </button>
          ) : (
            <h2 className={styles.title}>{title}</h2>
          )}
          {shape !== 'folded' && (
            <IconButton
              icon={Minus}
              label="Fold"
              size="small"
              onClick={() => setShape('folded')}
              data-testid="composer-fold"
            />
          )}
          <IconButton
            icon={shape === 'large' ? Minimize2 : Maximize2}
            label={shape === 'large' ? 'Smaller' : 'Larger'}
            size="small"
            onClick={() => setShape(shape === 'large' ? 'docked' : 'large')}
            data-testid="composer-size"
          />
          <IconButton
            icon={X}
            label="Close and keep as draft"
            shortcut="Esc"
            size="small"
            onClick={onClose}
            data-testid="composer-close"
          />
        </div>
        <div className={styles.content} hidden={shape === 'folded'}>
          {children}
        </div>
      </section>
    </>
  );
};

/** Where a composer stands: folded ones side by side at the foot, the others above them, each a little to the left. */
const usePlace = (
  composeId: string,
): { readonly shape: ComposeShape; readonly place: number; readonly anyFolded: boolean } => {
  const composers = useCompose((compose) => compose.composers);
  const byId = useComposeShapes((shapes) => shapes.byId);
  const shape = byId[composeId] ?? 'docked';
  const isFolded = (id: string) => byId[id] === 'folded';
  const alike = composers.filter((open) => isFolded(open.composeId) === (shape === 'folded'));
  return {
    shape,
    place: alike.findIndex((open) => open.composeId === composeId),
    anyFolded: composers.some((open) => isFolded(open.composeId)),
  };
};
