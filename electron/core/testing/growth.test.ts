import { expect, it } from 'vitest';
import { growth, LINEAR } from './growth';

/** Something to compute that no compiler leaves out. */
function steps(count: number): number {
  let at = 1;
  for (let step = 0; step < count; step += 1) at = (at * 48_271) % 2_147_483_647;
  return at;
}

it('tells work that grows with its amount from work that grows with its square', async () => {
  expect(await growth((amount) => steps(3_000_000 * amount))).toBeLessThan(LINEAR);
  expect(await growth((amount) => steps(3_000_000 * amount * amount))).toBeGreaterThan(LINEAR);
});

it('does not see what one machine is slow with: waiting', async () => {
  const waiting = (amount: number) => new Promise((resolve) => setTimeout(resolve, 20 * amount * amount));
  expect(await growth(waiting)).toBeLessThan(LINEAR);
});
