import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate, type SimulationOptions, type SimulationResult } from '../../testing/simulation/simulate';

/**
 * A small run of `npm run bench -- holders`: a third of the people are malicious holders of every kind, a third do
 * not take some messages for hours, and every machine crashes every day.
 */
const village: Omit<SimulationOptions, 'directory'> = {
  seed: 'village',
  people: 15,
  acquaintances: 6,
  holders: 3,
  malicious: 0.34,
  fussy: 0.3,
  away: 0,
  writingDays: 1,
  lettersPerDay: 3,
  days: 30,
  crashesPerDay: 1,
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'posthorn-village-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const live = (change: Partial<SimulationOptions> = {}): Promise<SimulationResult> =>
  simulate({ ...village, directory, ...change });

describe('a village with holders', () => {
  it('gets every letter once or hears that it was not delivered, though holders lie and machines crash', async () => {
    const { letters, warmUp, network, life, storage } = await live();
    expect(warmUp.agreements).toBe(village.people * village.holders);
    expect(life.crashes).toBeGreaterThan(10);
    expect(network.broken).toBeGreaterThan(0);
    expect(Math.max(...storage.flatMap(({ bytes }) => bytes))).toBeGreaterThan(0);
    expect(letters.length).toBe(life.written);
    expect(letters.filter(({ fate }) => fate !== 'delivered' && fate !== 'reported')).toEqual([]);
  });

  it('comes out the same for the same seed', async () => {
    const small = { people: 6, acquaintances: 3, holders: 1, lettersPerDay: 1 };
    const first = await live(small);
    rmSync(directory, { recursive: true, force: true });
    directory = mkdtempSync(`${directory}-`);
    const second = await live(small);
    expect(first.letters.length).toBeGreaterThan(0);
    expect(second.letters).toEqual(first.letters);
    expect(second.network).toEqual(first.network);
  });
});
