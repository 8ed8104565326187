import { describe, expect, it } from 'vitest';
import { messageId } from '../../../testing/sample-mail';
import { contentOf, isBlank, settleRecipients, stateOf } from './compose-state';
import type { ComposeState } from './compose-state';

const content = { to: ['a@x'], cc: ['b@y'], bcc: ['c@z'], subject: 'Hello', text: 'Words', inReplyTo: messageId(1) };
const blank = { to: [], cc: [], bcc: [], subject: '', text: '' };
const typing = (text: string): ComposeState => {
  const state = stateOf(content);
  return { ...state, recipients: { ...state.recipients, cc: { tokens: ['b@y'], typing: text } } };
};

describe('the fields of a composer', () => {
  it('give back what was stored', () => {
    expect(contentOf(stateOf(content))).toEqual(content);
  });

  it('name no answered message where there is none', () => {
    expect(Object.keys(contentOf(stateOf(blank)))).not.toContain('inReplyTo');
  });

  it('store a half-typed address too, so that a crash loses nothing', () => {
    expect(contentOf(typing('half')).cc).toEqual(['b@y', 'half']);
  });

  it('store an address once, though it is typed again', () => {
    expect(contentOf(typing('b@y')).cc).toEqual(['b@y']);
  });

  it('settle what is typed into tokens before sending', () => {
    expect(settleRecipients(typing('d@w, e@v')).recipients.cc).toEqual({ tokens: ['b@y', 'd@w', 'e@v'], typing: '' });
  });
});

describe('a blank draft', () => {
  it('has nothing but white space in it', () => {
    expect(isBlank({ ...blank, subject: ' ', text: '\n \n' })).toBe(true);
  });

  it.each([
    ['a recipient', { to: ['a@x'] }],
    ['a hidden recipient', { bcc: ['a@x'] }],
    ['a subject', { subject: 'Hi' }],
    ['a text', { text: 'Hi' }],
  ])('is none with %s', (_what, change) => {
    expect(isBlank({ ...blank, ...change })).toBe(false);
  });
});
