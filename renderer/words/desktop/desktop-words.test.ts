import { describe, expect, it } from 'vitest';
import { arrivedWords, closingWords, quitSentences } from './desktop-words';

describe('what the desktop says', () => {
  it('tells where Posthorn is when its window is closed', () => {
    expect(closingWords({ tray: true, receives: true }).sentences[1]).toContain('in the tray');
    expect(closingWords({ tray: false, receives: true }).sentences[1]).toContain('shows no tray');
  });

  it('does not claim that mail arrives while everything is locked', () => {
    expect(closingWords({ tray: true, receives: false }).sentences[0]).toContain('no mail arrives');
    expect(quitSentences({ receives: false, waiting: 0, keepsFor: 0 })[0]).toContain('locked');
  });

  it('names what ends with the program, and only that', () => {
    expect(quitSentences({ receives: true, waiting: 0, keepsFor: 0 })).toHaveLength(1);
    expect(quitSentences({ receives: true, waiting: 1, keepsFor: 0 })[1]).toContain('One message waits');
    expect(quitSentences({ receives: true, waiting: 7, keepsFor: 2 }).slice(1)).toEqual([
      '7 messages wait to be sent, and will go on waiting.',
      'You keep mail for 2 people. They cannot have it while Posthorn does not run.',
    ]);
  });

  it('counts what came behind a locked window', () => {
    expect([0, 1, 12].map(arrivedWords)).toEqual([
      'No new mail since it was locked.',
      'One new message since it was locked.',
      '12 new messages since it was locked.',
    ]);
  });
});
