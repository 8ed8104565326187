/**
 * Set-up of every test file: fails a file that leaves its process otherwise than it found it. Many files share one
 * process, and the next one would meet what this one left.
 */
import { createHash } from 'node:crypto';
import { afterAll, expect } from 'vitest';

/** What tests put something else in the place of. */
const replaceable = ['Date', 'setTimeout', 'setInterval', 'setImmediate', 'fetch', 'requestAnimationFrame', 'window'];

const found = stateOfProcess();

afterAll(() => {
  expect(stateOfProcess(), 'what a test file changed of its process, and did not change back').toEqual(found);
});

function stateOfProcess(): object {
  // What libraries tidy up at the end of the process concerns no test.
  const names = process.eventNames().filter((name) => name !== 'exit');
  const listeners = names.map((name) => [String(name), process.listenerCount(name)]);
  return {
    // Not the values: a failure prints them.
    environment: Object.entries(process.env).map(([name, value]) => `${name} ${digest(value)}`),
    folder: process.cwd(),
    listeners: Object.fromEntries(listeners) as object,
    globals: Object.fromEntries(replaceable.map((name) => [name, Reflect.get(globalThis, name) as unknown])),
  };
}

function digest(value = ''): string {
  return createHash('sha256').update(value).digest('base64url').slice(0, 8);
}
