import { describe, expect, it } from 'vitest';
import { BackupProblem } from '../../shared/backup';
import { backupFileName, backupProblemWords, contentsText } from './backup-words';

describe('a backup', () => {
  it('is named after its day and nobody', () => {
    expect(backupFileName(new Date(2026, 4, 4, 23, 59).getTime())).toBe('posthorn-2026-05-04.posthorn-backup');
  });

  it('says what is in it', () => {
    expect(contentsText({ withMail: true }, { contacts: 1, messages: 2 })).toBe('1 contact, 2 messages');
    expect(contentsText({ withMail: false }, { contacts: 0, messages: 0 })).toBe('0 contacts, without mail');
  });

  it.each(BackupProblem.options)('that cannot be used is explained: %s', (problem) => {
    const { title, sentence } = backupProblemWords[problem];
    expect(title).toMatch(/[a-z]$/u);
    expect(sentence).toMatch(/^[A-Z].*\.$/u);
  });
});
