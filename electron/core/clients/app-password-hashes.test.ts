import { describe, expect, it } from 'vitest';
import { createAppPasswordHashes } from './app-password-hashes';

const hashes = createAppPasswordHashes();
const hash = (password: string, beside: readonly string[] = []): Promise<string> => hashes.hash({ password, beside });

describe('hashes of app passwords', () => {
  it('tell which one a password is of, and of another none', async () => {
    const first = await hash('one');
    const second = await hash('two', [first]);
    const kept = [first, second];
    expect(await hashes.find({ password: 'one', hashes: kept })).toBe(0);
    expect(await hashes.find({ password: 'two', hashes: kept })).toBe(1);
    expect(await hashes.find({ password: 'three', hashes: kept })).toBeUndefined();
    expect(await hashes.find({ password: 'one', hashes: [] })).toBeUndefined();
  });

  it('hold the password of nobody, and have one salt in a profile and another in the next', async () => {
    const saltOf = (text: string): string => text.split('$')[4] ?? '';
    const first = await hash('secret');
    expect(first).toMatch(/^scrypt\$14\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
    expect(first).not.toContain('secret');
    expect(saltOf(await hash('other', [first]))).toBe(saltOf(first));
    expect(saltOf(await hash('secret'))).not.toBe(saltOf(first));
  });

  it('are found at the cost and with the salt that they were made with, and what is damaged fits nothing', async () => {
    const foreign = await hash('two');
    const cheap = 'scrypt$4$1$1$AAAAAAAAAAAAAAAAAAAAAA$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
    const kept = [cheap, 'damaged', '', foreign];
    expect(await hashes.find({ password: 'two', hashes: kept })).toBe(3);
    expect(await hashes.find({ password: '', hashes: kept })).toBeUndefined();
  });

  it('know a password again while the program runs, and in no other run', () => {
    expect(hashes.digest('one')).toBe(hashes.digest('one'));
    expect(hashes.digest('one')).not.toBe(hashes.digest('two'));
    expect(hashes.digest('one')).not.toBe(createAppPasswordHashes().digest('one'));
  });
});
