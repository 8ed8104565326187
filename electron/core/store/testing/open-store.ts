import { createMailStore } from '../mail-store';
import { IdentityId } from '../../../../shared/ids';

/**
 * A child process that opens the mail database of its first argument, with the key of the second, and brings it up to
 * date. It says when it begins and when it is done, and is killed at any moment between.
 */
const [path = '', key = '', identityId = ''] = process.argv.slice(2);
process.stdout.write('begins\n');
createMailStore({
  path,
  key: new Uint8Array(Buffer.from(key, 'hex')),
  identityId: IdentityId.parse(identityId),
  events: { publish: () => undefined },
}).close();
process.stdout.write('done\n');
