import { describe, expect, it } from 'vitest';
import { sendDoubts } from './send-checks';

const draft = { subject: 'Hello', text: 'How are you?', attachmentCount: 0 };

describe('sendDoubts', () => {
  it('has none for an ordinary message', () => {
    expect(sendDoubts(draft)).toEqual([]);
  });

  it('asks about an empty subject and an empty text', () => {
    expect(sendDoubts({ ...draft, subject: ' ', text: '\n' })).toEqual(['empty-subject', 'empty-message']);
  });

  it('takes a file as content', () => {
    expect(sendDoubts({ ...draft, text: '', attachmentCount: 1 })).toEqual([]);
  });

  it('asks about a forgotten attachment in own words only', () => {
    expect(sendDoubts({ ...draft, text: 'The plan is attached.' })).toEqual(['missing-attachment']);
    expect(sendDoubts({ ...draft, text: 'Thanks!\n> The plan is attached.' })).toEqual([]);
    expect(sendDoubts({ ...draft, text: 'The plan is attached.', attachmentCount: 1 })).toEqual([]);
  });
});
