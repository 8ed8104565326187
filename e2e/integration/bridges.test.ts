import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Person } from '../harness/people/person';

/** Nobody is at these ports of this machine. */
const bridges = [
  '127.0.0.1:9 0123456789012345678901234567890123456789',
  '127.0.0.1:10 9876543210987654321098765432109876543210',
];

let alice: Person;

beforeAll(async () => {
  alice = await Person.start({ name: 'alice', torrc: inject('tornet').torrc, localParts: ['alice'] });
});
afterAll(() => alice.end());

async function configured(): Promise<string[]> {
  const tor = await alice.tor();
  const lines = [...(await tor.command('GETCONF Bridge')), ...(await tor.command('GETCONF UseBridges'))];
  tor.close();
  return lines;
}

test('bridge lines of the settings reach tor, and bad ones change nothing', async () => {
  const settings = await alice.core.call('settings.get', {});
  await expect(alice.core.call('settings.set', { ...settings, bridges: ['no bridge at all'] })).rejects.toMatchObject({
    code: 'invalid-call',
    message: expect.stringContaining('bridge lines') as string,
  });
  expect(await alice.core.call('settings.get', {})).toEqual(settings);
  expect(await configured()).toEqual(['Bridge', 'UseBridges=0']);
  expect(await alice.core.call('tor.status', {})).toMatchObject({ phase: 'online' });

  await alice.core.call('settings.set', { ...settings, bridges });
  expect(await configured()).toEqual([...bridges.map((line) => `Bridge=${line}`), 'UseBridges=1']);
  await expect(
    alice.core.call('settings.set', { ...settings, bridges: [bridges[0]!, 'no bridge at all'] }),
  ).rejects.toMatchObject({ code: 'invalid-call' });
  expect(await alice.core.call('settings.get', {})).toEqual({ ...settings, bridges });
  expect(await configured()).toEqual([...bridges.map((line) => `Bridge=${line}`), 'UseBridges=1']);

  // The next tor has them before it goes anywhere.
  const since = alice.core.mark;
  await alice.killTor();
  await alice.phase('restarting', since);
  await alice.phase('connecting', since);
  expect(await configured()).toEqual([...bridges.map((line) => `Bridge=${line}`), 'UseBridges=1']);

  const back = alice.core.mark;
  await alice.core.call('settings.set', settings);
  await alice.phase('online', back);
  expect(await configured()).toEqual(['Bridge', 'UseBridges=0']);
});
