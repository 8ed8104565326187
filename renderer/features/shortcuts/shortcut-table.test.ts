import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useCompose } from '../../state/compose';
import { useLayout } from '../../state/layout';
import { setCursor, showIdentity, useSelection } from '../../state/selection';
import { threadRows } from '../../state/lists/thread-rows';
import { useVisibleRows } from '../../state/visible-rows';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { identityId, makeIdentity, makeMessage, ME, messageId } from '../../testing/sample-mail';
import { shortcutGroups } from './shortcut-list';
import { afterG, everywhere, inMail, onPages } from './shortcut-table';

const tables = () => {
  const done = () => ({});
  const test = makeServices({
    core: { 'messages.move': done, 'messages.setFlags': done, 'profile.lock': done, 'profile.lockWindow': done },
    shell: { 'app.askQuit': done },
  });
  return { ...test, mail: inMail(test.services), always: everywhere(test.services) };
};

/** The conversations 3 to 1 in the list, with the second under the keyboard. */
const listed = () => {
  const rows = threadRows([makeMessage(3), makeMessage(2), makeMessage(1)]);
  useVisibleRows.setState({ rows });
  setCursor(rows[1]?.key);
};

beforeEach(() => {
  resetStore(useSelection);
  resetStore(useVisibleRows);
  resetStore(useCompose);
  resetStore(useLayout);
  vi.stubGlobal('requestAnimationFrame', () => 0);
});
afterEach(() => void vi.unstubAllGlobals());

describe('the sheet of shortcuts', () => {
  /** What a key of the sheet is called in the tables; keys of the list itself are in list-keys.ts. */
  const ofTheList = new Set(['↓', '↑', 'Enter', 'Space', 'Shift+↓', 'Shift+↑', 'Ctrl+A']);
  const named: Readonly<Record<string, string>> = { Esc: 'Escape', Del: 'Delete', 'Ctrl+1…9': 'Ctrl+1' };
  const nameOf = (key: string): string =>
    named[key] ??
    (key.startsWith('Ctrl+')
      ? key.slice(0, -1) + key.slice(-1).toLowerCase()
      : key.length === 1
        ? key.toLowerCase()
        : key);

  it('names no key that does nothing', () => {
    const { mail, always } = tables();
    for (const { title, lines } of shortcutGroups)
      for (const { keys, what } of lines)
        if (title === 'Go to') expect(afterG[nameOf(keys[1] ?? '')], what).toBeDefined();
        else
          for (const key of keys.filter((one) => !ofTheList.has(one)))
            expect({ ...mail, ...onPages, ...always }[nameOf(key)], `${key}: ${what}`).toBeDefined();
  });

  it('names every key that does something', () => {
    const { mail, always } = tables();
    const told = new Set(
      shortcutGroups.flatMap(({ title, lines }) =>
        lines.flatMap(({ keys }) => (title === 'Go to' ? [`g ${nameOf(keys[1] ?? '')}`] : keys.map(nameOf))),
      ),
    );
    const there = [...Object.keys({ ...mail, ...onPages, ...always }), ...Object.keys(afterG).map((key) => `g ${key}`)];
    // The sheet tells of one key for several that are alike.
    const alike = (key: string): boolean => /^Ctrl\+[2-9]$/.test(key) || key === 'Shift+F6';
    expect(there.filter((key) => !told.has(key) && !alike(key))).toEqual([]);
  });
});

describe('keys in the mail', () => {
  it('answer the message under the keyboard, and no draft', () => {
    listed();
    const { mail } = tables();
    for (const key of ['r', 'a', 'f']) mail[key]?.();
    expect(useCompose.getState().composers.map(({ request }) => Object.keys(request)[1])).toEqual([
      'replyTo',
      'replyAll',
      'forward',
    ]);
    useVisibleRows.setState({ rows: threadRows([makeMessage(9, { folder: 'drafts' })]) });
    setCursor(messageId(9));
    mail['r']?.();
    expect(useCompose.getState().composers).toHaveLength(3);
  });

  it('walk, mark and move', async () => {
    listed();
    const { mail, calls } = tables();
    mail['j']?.();
    expect(useSelection.getState().open?.threadId).toBe('thread 1');
    mail['k']?.();
    mail['x']?.();
    expect(useSelection.getState().marked.size).toBe(1);
    mail['e']?.();
    await vi.waitFor(() =>
      expect(calls).toEqual([['messages.move', { identityId: ME, messageIds: [messageId(2)], folder: 'archive' }]]),
    );
  });

  it('do nothing where nothing is chosen', () => {
    const { mail, calls } = tables();
    for (const key of Object.keys(mail)) mail[key]?.();
    expect(calls).toEqual([]);
    expect(useCompose.getState().composers).toEqual([]);
  });
});

describe('keys everywhere', () => {
  it('start a message of the chosen identity, or offer to make an identity', () => {
    const { always } = tables();
    always['Ctrl+n']?.();
    expect(useSelection.getState().view).toBe('new-identity');
    showIdentity(ME);
    always['Ctrl+n']?.();
    expect(useCompose.getState().composers).toMatchObject([{ request: { identityId: ME } }]);
  });

  it('switch to an identity by its place, in the order in which they were made', async () => {
    const { always, services } = tables();
    await services.mirror.identities.bulkPut([
      makeIdentity({ id: identityId(2), createdAt: 2 }),
      makeIdentity({ id: identityId(1), createdAt: 1 }),
    ]);
    always['Ctrl+2']?.();
    await vi.waitFor(() => expect(useSelection.getState().identityId).toBe(identityId(2)));
    always['Ctrl+9']?.();
    always['Ctrl+1']?.();
    await vi.waitFor(() => expect(useSelection.getState().identityId).toBe(identityId(1)));
  });

  it.each([
    ['Ctrl+l', 'profile.lockWindow'],
    ['Ctrl+Shift+l', 'profile.lock'],
    ['Ctrl+q', 'app.askQuit'],
  ])('%s is %s', async (key, method) => {
    const { always, calls } = tables();
    always[key]?.();
    await vi.waitFor(() => expect(calls).toEqual([[method, {}]]));
  });
});

describe('the key after G', () => {
  it.each([
    ['i', 'inbox'],
    ['r', 'requests'],
    ['d', 'drafts'],
    ['o', 'outbox'],
    ['s', 'sent'],
    ['a', 'archive'],
    ['t', 'trash'],
  ])('%s goes to the folder %s', (key, folder) => {
    afterG[key]?.();
    expect(useSelection.getState()).toMatchObject({ view: 'mail', folder });
  });

  it('goes to the pages', () => {
    const views = ['c', 'w', 'h'].map((key) => {
      afterG[key]?.();
      return useSelection.getState().view;
    });
    expect(views).toEqual(['contacts', 'trust', 'holders']);
  });
});

describe('Escape', () => {
  it('takes one step back at a time: page, selection, reader, search', () => {
    useSelection.setState({
      view: 'settings',
      marked: new Set(['a']),
      open: { identityId: ME, threadId: 't', messageId: messageId(1) },
      search: 'tea',
    });
    const steps = [1, 2, 3, 4].map(() => {
      onPages['Escape']?.();
      const { view, marked, open, search } = useSelection.getState();
      return [view, marked.size, open?.threadId, search];
    });
    expect(steps).toEqual([
      ['mail', 1, 't', 'tea'],
      ['mail', 0, 't', 'tea'],
      ['mail', 0, undefined, 'tea'],
      ['mail', 0, undefined, undefined],
    ]);
  });
});
