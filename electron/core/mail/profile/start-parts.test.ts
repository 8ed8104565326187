import { expect, it } from 'vitest';
import { IdentityId } from '../../../../shared/ids';
import { SettableClock } from '../../testing/settable-clock';
import type { Services } from '../mailbox';
import { startParts, type Opening } from './start-parts';

it('leaves nothing running when the mail cannot be read', async () => {
  const clock = new SettableClock();
  const id = IdentityId.parse('0b5c2c6e-3c3f-4d59-9d0a-3f9a3b1f4f10');
  let waiting = 0;
  const slots = {
    take: () => undefined,
    onFree: () => {
      waiting += 1;
      return () => void (waiting -= 1);
    },
  };
  const own = () => {
    throw new Error('damaged');
  };
  const services = { clock, random: { uuid: () => 'one' } } as unknown as Services;
  const opening = { identity: () => ({ id }), mail: { access: { own } }, slots } as unknown as Opening;
  await expect(startParts(services, opening)).rejects.toThrow('damaged');
  expect(waiting).toBe(0);
  expect(clock.untilNextTimer()).toBeUndefined();
});
