import { expect, it, vi } from 'vitest';
import { createDeliverySlots, partOfSlots } from './delivery-slots';

it('leaves places for others to who may have a part of them alone', () => {
  const all = createDeliverySlots(3);
  const part = partOfSlots(all, 2);
  const free = vi.fn();
  const [first] = [part.take(), part.take()];
  part.onFree(free);
  expect(part.take()).toBeUndefined();
  const other = all.take();
  expect(other).toBeDefined();
  first?.();
  expect(free).toHaveBeenCalledTimes(1);
  const [third, fourth] = [all.take(), all.take()];
  expect(third).toBeDefined();
  expect(fourth).toBeUndefined();
  expect(part.take()).toBeUndefined();
});
