import type { Settings } from '../../../shared/settings';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';

/** Changes settings, shown at once; puts the former ones back and throws what the core threw when it refused. */
export const changeSettings = async ({ core }: Services, change: Partial<Settings>): Promise<void> => {
  const former = useSettings.getState().settings;
  const wanted = { ...former, ...change };
  useSettings.setState({ settings: wanted });
  try {
    useSettings.setState({ settings: await core.call('settings.set', wanted) });
  } catch (error) {
    useSettings.setState({ settings: former });
    throw error;
  }
};
