import { describe, expect, it } from 'vitest';
import { droppedSentence, requestSentences } from './request-words';

describe('requestSentences', () => {
  it('says what is left out and what nobody learns', () => {
    const all = requestSentences({}).join(' ');
    expect(all).toMatch(/text only/u);
    expect(all).toMatch(/online/u);
    expect(all).toMatch(/reported/u);
    expect(all).not.toMatch(/too large/u);
  });

  it('counts what was not kept', () => {
    expect(requestSentences({ droppedAttachments: 2 })).toContain(
      '2 attachments were too large to keep from a stranger; ask for them again after accepting.',
    );
    expect(droppedSentence(1)).toMatch(/^1 attachment was .* ask for it again/u);
  });
});
