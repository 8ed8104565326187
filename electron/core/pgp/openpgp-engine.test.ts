import { createOpenpgpEngine } from './openpgp-engine';
import { describePgp } from './pgp-contract';

describePgp('in this thread', () => Promise.resolve(createOpenpgpEngine()));
