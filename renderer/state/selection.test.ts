import { beforeEach, describe, expect, it } from 'vitest';
import { resetStore } from '../testing/reset-store';
import { contactId, identityId, ME, messageId } from '../testing/sample-mail';
import { threadKey } from './lists/thread-rows';
import { showContact, useContactPage } from './contact-page';
import {
  followJoined,
  markRows,
  openConversation,
  replaceIdentity,
  resetSelection,
  setCursor,
  setSearch,
  showFolder,
  showIdentity,
  showView,
  useSelection,
} from './selection';

const state = () => useSelection.getState();
const conversation = { identityId: ME, threadId: 't', messageId: messageId(1) };

/** Somebody who reads a conversation of the archive, with a row marked. */
const reading = () => {
  showIdentity(ME);
  showFolder('archive');
  openConversation(conversation);
  markRows(['a']);
  setCursor('b');
};

beforeEach(() => {
  resetStore(useSelection);
  resetStore(useContactPage);
});

describe('where the person is', () => {
  it('is kept when a page is shown over the mail', () => {
    reading();
    showView('settings');
    expect(state()).toMatchObject({ view: 'settings', folder: 'archive', open: conversation, cursor: 'b' });
  });

  it.each([
    ['another folder', () => showFolder('sent'), { folder: 'sent', identityId: ME }],
    ['another identity', () => showIdentity(identityId(2)), { folder: 'inbox', identityId: identityId(2) }],
  ])('begins anew with %s, also out of a page', (_what, go, place) => {
    reading();
    showView('contacts');
    go();
    expect(state()).toMatchObject({ view: 'mail', open: undefined, cursor: undefined, search: undefined, ...place });
    expect(state().marked.size).toBe(0);
  });

  it('stays on page and folder when the identity is replaced by another', () => {
    reading();
    showView('settings');
    replaceIdentity(identityId(2));
    expect(state()).toMatchObject({ view: 'settings', folder: 'archive', identityId: identityId(2), open: undefined });
  });

  it('leads back to the mail when a conversation is opened, and ends a selection', () => {
    showView('contacts');
    markRows(['a']);
    openConversation(conversation);
    expect(state()).toMatchObject({ view: 'mail', open: conversation });
    expect(state().marked.size).toBe(0);
  });

  it('is the results of a search, without a conversation', () => {
    reading();
    setSearch('tea');
    expect(state()).toMatchObject({ search: 'tea', open: undefined, cursor: undefined, folder: 'archive' });
    setSearch(undefined);
    expect(state().search).toBeUndefined();
  });

  it('is forgotten when the profile is locked', () => {
    reading();
    setSearch('tea');
    resetSelection();
    expect(state()).toEqual(useSelection.getInitialState());
  });

  it('is the address book when a contact is shown', () => {
    showContact(contactId(3));
    expect(state().view).toBe('contacts');
    expect(useContactPage.getState().chosen).toBe(contactId(3));
  });
});

describe('a conversation that becomes part of another', () => {
  it('stays open, marked and under the keyboard', () => {
    reading();
    markRows([threadKey(ME, 't'), threadKey(ME, 'other')]);
    setCursor(threadKey(ME, 't'));
    followJoined({ identityId: ME, threadId: 'whole', joined: ['t', 'u'] });
    expect(state().open).toEqual({ ...conversation, threadId: 'whole' });
    expect([...state().marked]).toEqual([threadKey(ME, 'whole'), threadKey(ME, 'other')]);
    expect(state().cursor).toBe(threadKey(ME, 'whole'));
  });

  it('moves nothing of others', () => {
    reading();
    const before = state();
    followJoined({ identityId: ME, threadId: 'whole', joined: ['x'] });
    expect(state()).toEqual(before);
  });
});
