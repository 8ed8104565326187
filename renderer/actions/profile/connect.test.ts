import { beforeEach, expect, test, vi } from 'vitest';
import { useCompose } from '../../state/compose';
import { askToConfirm, useConfirmation } from '../../state/questions/confirmation';
import { useMailboxes } from '../../state/mailboxes';
import { useCustodies } from '../../state/custody';
import { useIdentitySheet } from '../../state/identity-sheet';
import { askAboutLink, useLinkQuestion } from '../../state/questions/link-question';
import { usePages } from '../../state/pages';
import { useProfile } from '../../state/profile';
import { setSearch, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { showToast, useToasts } from '../../state/toasts';
import { useTransfers } from '../../state/transfers';
import { useVisibleRows } from '../../state/visible-rows';
import { connect } from './connect';

const stores = [
  useCompose,
  useConfirmation,
  useMailboxes,
  useCustodies,
  useIdentitySheet,
  useLinkQuestion,
  usePages,
  useSelection,
  useTransfers,
  useVisibleRows,
];
const mail = 'a subject';

/** A window full of mail, and a core that is locked: at the first look, or by an event after it. */
const makeWindow = () => {
  const clear = vi.fn(() => Promise.resolve());
  const events: ((event: unknown) => void)[] = [];
  const connections: ((connected: boolean) => void)[] = [];
  const answers: Record<string, unknown> = {
    'profile.state': { state: 'locked' },
    'tor.status': useProfile.getInitialState(),
  };
  const core = {
    call: (method: string) => Promise.resolve(answers[method]),
    subscribe: (listener: (event: unknown) => void) => events.push(listener),
    watchConnection: (watcher: (connected: boolean) => void) => connections.push(watcher),
  };
  const mirror = {
    tables: [{ clear }],
    transaction: (_mode: string, _tables: unknown, work: () => Promise<void>) => work(),
  };
  connect({ core, mirror, shell: {} } as unknown as Services);
  return {
    clear,
    reconnect: () => connections.forEach((watch) => watch(true)),
    tell: (event: unknown) => events.forEach((hear) => hear(event)),
  };
};

beforeEach(() => {
  useToasts.setState(useToasts.getInitialState(), true);
  useVisibleRows.setState({ rows: [{ key: mail }] as never });
  useCustodies.setState({ byIdentity: { me: mail as never } });
  askAboutLink({ url: 'https://example.org/', words: mail });
  askToConfirm({ title: mail, text: mail, confirm: 'Delete', run: () => undefined });
  setSearch(mail);
  showToast({ text: mail });
  showToast({ text: 'It was not saved.', tone: 'danger' });
});

const isEmpty = (): void => {
  for (const store of stores) expect(store.getState()).toEqual(store.getInitialState());
  expect(useToasts.getState().shown.map(({ text }) => text)).toEqual(['It was not saved.']);
};

test('a profile that is locked leaves nothing of its mail in the window', async () => {
  const { clear, tell } = makeWindow();
  tell({ type: 'profile.changed', profile: { state: 'locked' } });
  await vi.waitFor(() => expect(clear).toHaveBeenCalled());
  isEmpty();
});

test('a core that died and is locked after its restart empties the window too', async () => {
  const { clear, reconnect } = makeWindow();
  reconnect();
  await vi.waitFor(() => expect(clear).toHaveBeenCalled());
  isEmpty();
});
