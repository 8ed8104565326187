import { beforeEach, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../../shared/settings';
import { recallSorts, setListView, useListViews, viewIn } from '../../state/lists/list-views';
import { setProfile, useProfile } from '../../state/profile';
import { useSettings } from '../../state/settings';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { ME } from '../../testing/sample-mail';
import { keepSorts } from './keep-sorts';

const bySize = { by: 'size', direction: 'down' } as const;
const byDate = { by: 'date', direction: 'down' } as const;

beforeEach(() => {
  resetStore(useListViews);
  resetStore(useProfile);
  resetStore(useSettings);
});

test('orders are remembered among the settings, filters are not, and a lock forgets neither', async () => {
  const { services, calls } = makeServices({ core: { 'settings.set': (settings) => settings } });
  const stop = keepSorts(services);
  setProfile({ state: 'unlocked' });
  setListView(ME, 'inbox', { sort: bySize });
  const listSorts = [{ list: `${ME}/inbox`, sort: bySize }];
  await vi.waitFor(() => expect(useSettings.getState().settings.listSorts).toEqual(listSorts));
  setListView(ME, 'inbox', { filters: ['unread'] });
  setListView('all', 'inbox', { filters: ['flagged'] });
  setProfile({ state: 'locked' });
  useListViews.setState({ byMailbox: {} });
  expect(calls).toEqual([['settings.set', { ...defaultSettings, listSorts }]]);
  recallSorts(listSorts);
  expect(viewIn(useListViews.getState(), ME, 'inbox')).toEqual({ sort: bySize, filters: [] });
  setProfile({ state: 'unlocked' });
  setListView(ME, 'inbox', { sort: byDate });
  await vi.waitFor(() => expect(useSettings.getState().settings.listSorts).toEqual([]));
  stop();
});

test('what was chosen since the window opened counts more than what was remembered', () => {
  setListView(ME, 'inbox', { sort: bySize });
  recallSorts([{ list: `${ME}/inbox`, sort: { by: 'subject', direction: 'up' } }]);
  expect(viewIn(useListViews.getState(), ME, 'inbox').sort).toEqual(bySize);
});
