import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../../shared/address/read-addresses';
import { growth, LINEAR } from '../testing/growth';
import { readCardText } from './card-text';

describe('a text of addresses', () => {
  it.each([
    '<',
    '"',
    '(',
    '()',
    'a@b ',
    'a:',
    '"\n',
    '<a\n',
    '\\',
    'mailto:a@b,',
    "'",
    '\u200b',
    'a@',
    ', ',
    'x (',
    '"a',
  ])('costs no more than in proportion: %j', async (piece) => {
    expect(await growth((amount) => readAddresses(piece.repeat(10_000 * amount)))).toBeLessThan(LINEAR);
    expect(await growth((amount) => readCardText(piece.repeat(10_000 * amount), () => 'ok'))).toBeLessThan(LINEAR);
  });
});
