import { keptSorts, useListViews } from '../../state/lists/list-views';
import { useProfile } from '../../state/profile';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';
import { tryOrTell } from '../window/try-or-tell';
import { changeSettings } from './change-settings';

/**
 * Remembers the order of each mailbox among the settings of the profile, whenever one is chosen.
 * @returns how to stop
 */
export const keepSorts = (services: Services): (() => void) =>
  useListViews.subscribe((views) => {
    // What is forgotten with the lock was not chosen by anybody.
    if (useProfile.getState().phase !== 'unlocked') return;
    const listSorts = keptSorts(views);
    if (JSON.stringify(listSorts) === JSON.stringify(useSettings.getState().settings.listSorts ?? [])) return;
    void tryOrTell(() => changeSettings(services, { listSorts }));
  });
