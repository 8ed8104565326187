import { describe, expect, it } from 'vitest';
import { ProgramKind } from '../../../../shared/programs/mail-program';
import { setupOf } from './program-setup';

const login = {
  user: 'alice@example.onion',
  password: '01234-56789-abcde-fghjk',
  imapPort: 2143,
  submissionPort: 2587,
};

const wholeText = (kind: ProgramKind, change: Partial<typeof login> = {}): string => {
  const { steps, files } = setupOf(kind, { ...login, ...change });
  return [...steps, ...files.map(({ text }) => text)].join('\n');
};

describe('how to set a program up', () => {
  it.each(ProgramKind.options)('names both ports as they are: %s', (kind) => {
    expect(wholeText(kind)).toContain('2143');
    expect(wholeText(kind)).toContain('2587');
  });

  it('puts the password into files, and a place for it when it is shown no more', () => {
    const { files } = setupOf('mutt', login);
    for (const { text } of files) expect(text).toContain(login.password);
    for (const { text } of setupOf('mutt', { ...login, password: undefined }).files) {
      expect(text).toContain('THE-PASSWORD');
      expect(text).not.toContain('undefined');
    }
  });

  it('lets no name run a command in mutt, or end the string that it stands in', () => {
    const text = wholeText('mutt', { user: 'a`b$c@example.onion' });
    expect(text).toContain('set from = "a\\`b\\$c@example.onion"');
    expect(text).toContain('smtp://a%60b%24c%40example.onion@127.0.0.1:2587/');
  });
});
