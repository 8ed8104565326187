/**
 * Set-up of every test file: `vi.waitFor` and `vi.waitUntil` give up after minutes unless a test says otherwise. Their
 * own limit of one second is met on a busy machine by what is well.
 */
import { vi } from 'vitest';
import limits from './limits.json' with { type: 'json' };

const timeout = limits.expectMinutes * 60_000;
const { waitFor, waitUntil } = vi;

vi.waitFor = (check, options) => waitFor(check, patiently(options));
vi.waitUntil = (check, options) => waitUntil(check, patiently(options));

function patiently(options: Parameters<typeof waitFor>[1]) {
  return typeof options === 'number' ? options : { timeout, ...options };
}
