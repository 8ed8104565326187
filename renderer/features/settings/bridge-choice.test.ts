import { expect, test } from 'vitest';
import type { TorAbout } from '../../../shared/tor-about';
import { bridgeOptions, chosenIn, inForce, settingsFor } from './bridge-choice';

const lines = ['192.0.2.1:443'];

test('what is chosen goes into the settings and is read from them again', () => {
  for (const choice of ['none', 'obfs4', 'own'] as const) expect(chosenIn(settingsFor(choice, lines))).toBe(choice);
  expect(settingsFor('none', lines)).toEqual({ builtInBridges: 'none', bridges: [] });
  // Own lines are there again when the person comes back to them.
  expect(settingsFor('meek', lines)).toEqual({ builtInBridges: 'meek', bridges: lines });
});

test('says what is in force', () => {
  expect(inForce({ builtInBridges: 'none', bridges: [] })).toBe('Connecting directly');
  expect(inForce({ builtInBridges: 'none', bridges: lines })).toBe('Connecting by 1 bridge of your own');
  expect(inForce({ builtInBridges: 'snowflake', bridges: lines })).toContain('Snowflake');
});

const system: TorAbout = {
  version: '0.4.9.11',
  origin: 'system',
  checked: 'no',
  transports: [
    { transport: 'obfs4', program: true, builtIn: 0 },
    { transport: 'snowflake', program: false, builtIn: 0 },
  ],
};

test('what this tor cannot go by says what is missing and what to do', () => {
  const options = new Map(bridgeOptions(system).map((option) => [option.value, option]));
  expect([...options.keys()]).toEqual(['none', 'obfs4', 'snowflake', 'meek', 'webtunnel', 'own']);
  expect(options.get('obfs4')).toMatchObject({
    disabled: true,
    hint: expect.stringMatching(/bridges\.torproject\.org/) as string,
  });
  expect(options.get('snowflake')).toMatchObject({
    disabled: true,
    hint: expect.stringMatching(/no snowflake.*snowflake-client/) as string,
  });
  expect(options.get('own')?.disabled).toBe(false);
});

test('what a bundle brings can be chosen, and what it recommends says so', () => {
  const about: TorAbout = {
    ...system,
    origin: 'bundle',
    recommended: 'obfs4',
    transports: [
      { transport: 'obfs4', program: true, builtIn: 2 },
      { transport: 'webtunnel', program: true, builtIn: 0 },
    ],
  };
  const options = new Map(bridgeOptions(about).map((option) => [option.value, option]));
  expect(options.get('obfs4')).toMatchObject({ disabled: false, label: 'obfs4 (recommended)' });
  expect(options.get('webtunnel')).toMatchObject({
    disabled: true,
    hint: expect.stringMatching(/one by one/) as string,
  });
  expect(options.get('meek')?.hint).toMatch(/Install Posthorn again/);
  expect(bridgeOptions(undefined).filter(({ disabled }) => disabled)).toHaveLength(4);
});
