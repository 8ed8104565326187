import { Maximize, Minus, Plus } from 'lucide-react';
import type { CSSProperties } from 'react';
import { IconButton } from '../../../ui/IconButton';
import styles from './TrustPicture.module.css';
import type { WebView } from './use-web-view';

/** Zoom and fit, for the mouse; the keys work on the picture itself. */
export const PictureControls = ({ view, right }: { readonly view: WebView; readonly right: number }) => {
  // A custom property is not in React's own list of style names.
  const style = { '--covered': `${String(right)}px` } as CSSProperties;
  return (
    <div className={styles.controls} style={style} role="group" aria-label="Zoom">
      <IconButton icon={Plus} label="Larger" shortcut="+" onClick={() => view.zoom(1.4)} data-testid="trust-zoom-in" />
      <IconButton
        icon={Minus}
        label="Smaller"
        shortcut="-"
        onClick={() => view.zoom(1 / 1.4)}
        data-testid="trust-zoom-out"
      />
      <IconButton icon={Maximize} label="Fit" shortcut="0" onClick={view.fit} data-testid="trust-fit" />
    </div>
  );
};
