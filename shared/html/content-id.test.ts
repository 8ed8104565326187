import { describe, expect, it } from 'vitest';
import { contentIdOf } from './content-id';

describe('contentIdOf', () => {
  it('reads the Content-ID', () => {
    expect(contentIdOf('cid:part1@host')).toBe('part1@host');
    expect(contentIdOf('CID:%3Cpart1@host%3E')).toBe('part1@host');
  });

  it.each([
    'https://a.example/pixel.gif',
    '//a.example/p.gif',
    'data:image/svg+xml,<svg/>',
    'cid:',
    'cid:%E0%A4%A',
    'x.png',
    'blob:1',
    'http:cid:1',
  ])('refuses %j', (source) => {
    expect(contentIdOf(source)).toBeUndefined();
  });
});
