import { useEffect } from 'react';
import { lockProfile } from '../../actions/profile/lock-profile';
import { lockWindow } from '../../actions/profile/lock-window';
import { useProfile } from '../../state/profile';
import { useServices } from '../../state/services';
import { useSettings } from '../../state/settings';

const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** How often the idle time is looked at: timers stop while a computer sleeps, so one long timer would lock too late. */
const LOOK_EVERY = 5_000;

/**
 * Locks the window, or everything, after the minutes without input that the settings say; 0 never. Stands once in the
 * application.
 */
export const useAutoLock = (): void => {
  const services = useServices();
  const minutes = useSettings(({ settings }) => settings.autoLockMinutes);
  const kind = useSettings(({ settings }) => settings.autoLocks);
  const open = useProfile(({ phase }) => phase === 'unlocked');
  useEffect(() => {
    if (!open || minutes === 0) return;
    let lastInput = Date.now();
    const note = () => void (lastInput = Date.now());
    const look = () => {
      if (Date.now() - lastInput < minutes * 60_000) return;
      lastInput = Date.now();
      // A lock that failed is tried again after the next idle span.
      void (kind === 'window' ? lockWindow : lockProfile)(services, 'idleness');
    };
    for (const input of INPUTS) window.addEventListener(input, note, { capture: true, passive: true });
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      for (const input of INPUTS) window.removeEventListener(input, note, { capture: true });
    };
  }, [services, minutes, kind, open]);
};
