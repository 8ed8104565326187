import { createOpenpgpEngine } from './openpgp-engine';
import { describePgp } from './testing/describe-pgp';

describePgp('in this thread', () => Promise.resolve(createOpenpgpEngine()));
