import type { Settings } from '../../../shared/settings';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';

const DARK_SCHEME = '(prefers-color-scheme: dark)';

const paint = (theme: Settings['theme']): void => {
  const system = window.matchMedia(DARK_SCHEME).matches ? 'dark' : 'light';
  document.documentElement.dataset['theme'] = theme === 'system' ? system : theme;
};

/**
 * Keeps the page and the desktop's window frame in the chosen theme, and with the desktop's when it is `system`.
 * @returns how to stop
 */
export const applyTheme = ({ shell }: Services): (() => void) => {
  const theme = () => useSettings.getState().settings.theme;
  const query = window.matchMedia(DARK_SCHEME);
  const repaint = () => paint(theme());
  repaint();
  query.addEventListener('change', repaint);
  const stop = useSettings.subscribe(({ settings }, former) => {
    if (settings.theme === former.settings.theme) return;
    repaint();
    // Only the frame around the page is wrong when this fails.
    shell.call('window.setTheme', { theme: settings.theme }).catch(() => undefined);
  });
  return () => {
    stop();
    query.removeEventListener('change', repaint);
  };
};
