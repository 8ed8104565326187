import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allTargets } from './all-targets';
import { claim, claimSame } from './oracles/claims';
import { readSeeds, replay } from './replay';
import { textOf } from './oracles/texts';

const seedsFolder = 'fuzz/seeds';
const names = Object.keys(allTargets);

describe('every seed and former find, and some hundreds of inputs made of them', () => {
  it.each(names)('%s', async (name) => {
    const target = allTargets[name];
    if (target === undefined) throw new Error('a target without a function');
    await replay(target, { seeds: readSeeds(join(seedsFolder, name)), mutations: 30 });
  });
});

describe('the room', () => {
  it('knows every target, and has seeds for each', () => {
    const files = readdirSync('fuzz/targets').map((file) => file.replace(/\.ts$/u, ''));
    expect([...names].sort()).toEqual(files.sort());
    expect(readdirSync(seedsFolder).sort()).toEqual(files);
  });

  it.each(names)('keeps the seeds of %s small', (name) => {
    const folder = join(seedsFolder, name);
    const sizes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
    expect(sizes.length).toBeLessThanOrEqual(120);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(250_000);
  });
});

describe('a fault that is planted', () => {
  const seeds = new Map([['list', Buffer.from('one,two,three')]]);

  it('is found by a seed, which is named', async () => {
    const broken = (data: Uint8Array): void => claim(!textOf(data).includes('three'), 'three are too many');
    await expect(replay(broken, { seeds, mutations: 0 })).rejects.toThrow('the seed list is a find');
  });

  it('is found behind a seed: a throw', async () => {
    const broken = (data: Uint8Array): void => {
      if (textOf(data).includes('\u202e')) throw new TypeError('no direction');
    };
    await expect(replay(broken, { seeds, mutations: 300 })).rejects.toHaveProperty('cause.message', 'no direction');
  });

  it('is found behind a seed: a promise that does not hold', async () => {
    const broken = async (data: Uint8Array): Promise<void> => {
      const words = textOf(data).split(',');
      await Promise.resolve();
      claimSame(words.map((word) => word.trim()).join(), words.join(), 'a list does not come back');
    };
    await expect(replay(broken, { seeds, mutations: 300 })).rejects.toHaveProperty(
      'cause.message',
      'a list does not come back',
    );
  });
});
