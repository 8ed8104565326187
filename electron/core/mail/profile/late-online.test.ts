import { expect, it } from 'vitest';
import { SettableClock } from '../../testing/settable-clock';
import { lateOnline } from './late-online';

function late() {
  const clock = new SettableClock();
  const said: string[] = [];
  const part = lateOnline(
    { clock },
    {
      name: 'collector',
      wake: () => void said.push('wake'),
      online: (isOnline) => void said.push(isOnline ? 'online' : 'offline'),
      close: () => void said.push('close'),
    },
    () => 30_000,
  );
  return { clock, said, part };
}

it('comes online after its wait, once', () => {
  const { clock, said, part } = late();
  part.online?.(true);
  expect(said).toEqual([]);
  clock.advance(29_999);
  expect(said).toEqual([]);
  clock.advance(60_000);
  part.wake?.();
  expect(said).toEqual(['online', 'wake']);
});

it('comes at once when the person wants it', () => {
  const { clock, said, part } = late();
  part.online?.(true);
  part.wake?.();
  expect(said).toEqual(['online']);
  clock.advance(60_000);
  part.wake?.();
  expect(said).toEqual(['online', 'wake']);
});

it.each(['offline', 'close'] as const)('does not come any more after %s', (end) => {
  const { clock, said, part } = late();
  part.online?.(true);
  if (end === 'close') void part.close();
  else part.online?.(false);
  clock.advance(60_000);
  part.wake?.();
  expect(said).toEqual([end, 'wake']);
});
