import { expect, it } from 'vitest';
import { lacksMemory } from './lacks-memory';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};
const dig = (depth: number): number => dig(depth + 1) + 1;

it.each<[string, unknown, boolean]>([
  ['a buffer that finds no room', new RangeError('Array buffer allocation failed'), true],
  ['zlib without memory', coded('Z_MEM_ERROR', 'insufficient memory'), true],
  ['Node without memory', coded('ERR_MEMORY_ALLOCATION_FAILED', 'Failed to allocate memory'), true],
  ['the system without memory', coded('ENOMEM'), true],
  ['a text that is too long everywhere', thrown(() => 'x'.repeat(2 ** 30)), false],
  ['a list that is too long everywhere', thrown(() => new Uint32Array(-1)), false],
  ['a stack that is too deep everywhere', thrown(() => dig(0)), false],
  ['a bomb', coded('ERR_BUFFER_TOO_LARGE'), false],
  ['broken data', coded('Z_DATA_ERROR'), false],
  ['a worker at the end of its own memory', coded('ERR_WORKER_OUT_OF_MEMORY', 'reaching memory limit'), false],
  ['what is no error', 'Array buffer allocation failed', false],
])('%s', (_what, error, expected) => {
  expect(lacksMemory(error)).toBe(expected);
});
