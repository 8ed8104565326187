import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { makeIdentity } from '../testing/sample-mail';
import { deleteOldMirrors, openMirror } from './mirror-database';

describe('mirrors of an earlier page', () => {
  it('are deleted, but for the present one', async () => {
    const [old, kept] = [openMirror(), openMirror()];
    for (const mirror of [old, kept]) await mirror.identities.put(makeIdentity());
    old.close();
    await deleteOldMirrors(kept.name);
    expect(await kept.identities.count()).toBe(1);
    const again = await old.open();
    expect(await again.table('identities').count()).toBe(0);
  });
});
