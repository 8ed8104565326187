import { describe, expect, it } from 'vitest';
import { Reachability } from '../../shared/identity';
import { reachWords } from './reachability-words';

describe('reachWords', () => {
  it.each(Reachability.options)('never says of a private identity that others reach it: %s', (reachability) => {
    expect(reachWords({ reachability, isPrivate: true }).sentence).not.toMatch(
      /Others can deliver|known on the Tor network|everybody/u,
    );
  });

  it('names what is hidden', () => {
    expect(reachWords({ reachability: 'online', isPrivate: true })).toMatchObject({
      title: 'Online, private',
      tone: 'good',
    });
    expect(reachWords({ reachability: 'online', isPrivate: false }).title).toBe('Online');
  });
});
