import { beforeEach, describe, expect, it, vi } from 'vitest';
import { resetStore } from '../testing/reset-store';
import { identityId, ME, messageId } from '../testing/sample-mail';
import { recordCatchUp, useCatchUp } from './catch-up';
import { openOwnCard, openScan, useCardDialog } from './card-dialogs';
import { closeComposer, openComposer, useCompose } from './compose';
import { setCustody, setCustodyFailed, useCustodies } from './custody';
import { setListWidth, useLayout } from './layout';
import { pageKey, setPage, unreadPage, usePages } from './pages';
import { showToast, useToasts } from './toasts';
import { recordTransfer, useTransfers } from './transfers';
import { flushUnsaved, registerUnsaved } from './unsaved';

describe('toasts', () => {
  beforeEach(() => resetStore(useToasts));
  const texts = (): string[] => useToasts.getState().shown.map(({ text }) => text);

  it('are three at most, the oldest leaves first', () => {
    for (const text of ['a', 'b', 'c', 'd']) showToast({ text });
    expect(texts()).toEqual(['b', 'c', 'd']);
  });

  it('give way to a newer one about the same', () => {
    showToast({ text: 'by bridges', about: 'bridges' });
    showToast({ text: 'Copied' });
    showToast({ text: 'directly', about: 'bridges' });
    expect(texts()).toEqual(['Copied', 'directly']);
  });

  it('are taken away by their id, also of two that say the same', () => {
    const first = showToast({ text: 'same' });
    showToast({ text: 'same' });
    useToasts.getState().dismiss(first);
    expect(texts()).toEqual(['same']);
    useToasts.getState().dismiss(first);
    expect(texts()).toEqual(['same']);
  });

  it('tell of nothing bad unless they say so', () => {
    showToast({ text: 'a' });
    showToast({ text: 'b', tone: 'danger' });
    expect(useToasts.getState().shown.map(({ tone }) => tone)).toEqual(['info', 'danger']);
  });
});

describe('composers', () => {
  beforeEach(() => resetStore(useCompose));
  const requests = () => useCompose.getState().composers.map(({ request }) => request);

  it('are opened one for each new message, also for two answers to one', () => {
    const first = openComposer({ identityId: ME, replyTo: messageId(1) });
    const second = openComposer({ identityId: ME, replyTo: messageId(1) });
    expect(first).not.toBe(second);
    expect(requests()).toHaveLength(2);
  });

  it('are never two for one draft, which would overwrite each other', () => {
    const first = openComposer({ identityId: ME, draftId: messageId(1) });
    expect(openComposer({ identityId: ME, draftId: messageId(1) })).toBe(first);
    expect(openComposer({ identityId: ME, draftId: messageId(2) })).not.toBe(first);
    expect(requests()).toHaveLength(2);
  });

  it('are closed one by one', () => {
    const first = openComposer({ identityId: ME });
    openComposer({ identityId: ME, draftId: messageId(1) });
    closeComposer(first);
    expect(requests()).toEqual([{ identityId: ME, draftId: messageId(1) }]);
  });
});

describe('what is not saved yet', () => {
  it('is saved, each part although another fails', async () => {
    const good = vi.fn(() => Promise.resolve());
    const bad = vi.fn(() => Promise.reject(new Error('the disk is full')));
    const left = vi.fn(() => Promise.resolve());
    const unregister = [bad, good, left].map(registerUnsaved);
    unregister[2]?.();
    await flushUnsaved();
    expect([bad, good, left].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0]);
    for (const stop of unregister) stop();
    await flushUnsaved();
    expect(good).toHaveBeenCalledOnce();
  });
});

describe('progress', () => {
  beforeEach(() => {
    resetStore(useTransfers);
    resetStore(useCatchUp);
  });

  it('of a transfer is the newest report, until it is done', () => {
    const transfer = { transferId: 't', identityId: ME, direction: 'in', bytes: 1, done: false } as const;
    recordTransfer(transfer);
    recordTransfer({ ...transfer, bytes: 2 });
    expect(useTransfers.getState().byId).toEqual({ t: { ...transfer, bytes: 2 } });
    recordTransfer({ ...transfer, bytes: 3, done: true });
    expect(useTransfers.getState().byId).toEqual({});
  });

  it('of catching up is kept for each identity and direction', () => {
    const catchUp = { identityId: ME, direction: 'in', done: 1, total: 5 } as const;
    recordCatchUp(catchUp);
    recordCatchUp({ ...catchUp, direction: 'out' });
    recordCatchUp({ ...catchUp, identityId: identityId(2) });
    expect(Object.keys(useCatchUp.getState().byKey)).toHaveLength(3);
    recordCatchUp({ ...catchUp, done: 5 });
    recordCatchUp({ ...catchUp, direction: 'out', done: 9 });
    expect(Object.values(useCatchUp.getState().byKey)).toEqual([{ ...catchUp, identityId: identityId(2) }]);
  });
});

describe('paging', () => {
  beforeEach(() => resetStore(usePages));

  it('is kept for each folder of each identity, and changes in parts', () => {
    setPage(pageKey(ME, 'inbox'), { loading: true });
    setPage(pageKey(ME, 'inbox'), { loaded: true, loading: false, oldest: { orderedAt: 9, sequence: 4 } });
    setPage(pageKey(identityId(2), 'inbox'), { failed: true });
    expect(usePages.getState().byFolder).toEqual({
      [pageKey(ME, 'inbox')]: { ...unreadPage, loaded: true, oldest: { orderedAt: 9, sequence: 4 } },
      [pageKey(identityId(2), 'inbox')]: { ...unreadPage, failed: true },
    });
  });
});

describe('who keeps mail', () => {
  beforeEach(() => resetStore(useCustodies));
  const known = { holders: [], clients: [], missing: [] };

  it('stays known when it cannot be read anew, and is right again once it can', () => {
    setCustody(ME, known);
    setCustodyFailed(ME);
    setCustodyFailed(identityId(2));
    expect(useCustodies.getState().byIdentity[ME]).toBe(known);
    expect(useCustodies.getState().failed).toEqual(new Set([ME, identityId(2)]));
    setCustody(ME, known);
    expect(useCustodies.getState().failed).toEqual(new Set([identityId(2)]));
  });
});

describe('the list', () => {
  it('has a sensible width in whole pixels', () => {
    const widths = [400.4, 10, 9_999].map((width) => {
      setListWidth(width);
      return useLayout.getState().listWidth;
    });
    expect(widths).toEqual([400, 280, 560]);
  });
});

describe('a dialog about cards', () => {
  it('names whom it expects only when somebody was chosen', () => {
    openScan({ identityId: ME, expected: undefined });
    expect(Object.keys(useCardDialog.getState().dialog ?? {})).not.toContain('expected');
    openOwnCard(ME);
    expect(useCardDialog.getState().dialog).toEqual({ kind: 'own', identityId: ME });
  });
});
