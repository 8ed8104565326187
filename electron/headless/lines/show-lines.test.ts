import { expect, it } from 'vitest';
import type { Delivery } from '../../../shared/message';
import { deliveryLine } from './show-lines';

const waits = (change: Partial<Delivery>): string =>
  deliveryLine({ recipient: 'bob@b.onion', reason: 'key-unaccepted', attempts: 2, ...change } as Delivery);

it('says of mail that waits for a key to be accepted what to do, and not that nothing was sent where it was', () => {
  expect(waits({ state: 'waiting-for-key' })).toContain(
    'nothing was sent to that key; posthorn trust accept-key bob@b.onion',
  );
  expect(waits({ state: 'held', heldBy: 2 })).toMatch(/kept by 2 .*nothing was sent to that key/u);
  expect(waits({ state: 'delivering' })).not.toContain('nothing was sent');
});
