/**
 * Set-up of the tests of the window: each file loads its modules anew, since stores of the window are state of a
 * module. What they load of node_modules stays, which is most.
 */
import { vi } from 'vitest';

vi.resetModules();
