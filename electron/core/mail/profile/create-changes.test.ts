import { expect, it } from 'vitest';
import { createChanges } from './create-changes';

it('tells others once for all changes of one piece of work, after it', async () => {
  const said: string[] = [];
  const changes = createChanges({
    deliverer: () => ({
      startDue: () => void said.push('due'),
      hurry: (id) => void said.push(`hurry ${id}`),
      hurryTo: (address) => void said.push(`to ${address}`),
    }),
    refresh: () => void said.push('refresh'),
    arrived: () => void said.push('arrived'),
    fileLists: () => void said.push('lists'),
    wanted: () => void said.push('wanted'),
  });
  changes.contacts();
  changes.custody();
  changes.queued();
  expect(said).toEqual(['due']);
  await Promise.resolve();
  expect(said).toEqual(['due', 'refresh']);
  changes.contacts();
  await Promise.resolve();
  expect(said).toEqual(['due', 'refresh', 'refresh']);
  changes.queued('person');
  changes.lists();
  expect(said.slice(3)).toEqual(['wanted', 'due', 'lists']);
});
