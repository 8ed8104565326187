import { parseArgs } from 'node:util';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { readPassphrase } from '../../input/read-passphrase';

/** `posthorn export-key`: keys for other OpenPGP programs, armored. */
export const exportKey: Command = {
  usage: ['export-key', 'export-key --certifying', 'export-key --secret  < PASSPHRASE FOR THE EXPORTED KEY'],
  summary: 'print the public key (with --certifying the onion’s own, with --secret the secret key)',
  run: async (context) => {
    const { values } = parseArgs({
      args: [...context.args],
      options: { secret: { type: 'boolean', default: false }, certifying: { type: 'boolean', default: false } },
    });
    const { id: identityId } = await chooseIdentity(context);
    if (values.secret) {
      const passphrase = await readPassphrase(context.input);
      const exported = await context.core.call('identities.exportSecretKey', { identityId, passphrase });
      context.output.result(exported, [exported.key.trimEnd()]);
      return exitStatus.ok;
    }
    const exported = await context.core.call('identities.exportPublicKey', { identityId });
    context.output.result(exported, [(values.certifying ? exported.certifyingKey : exported.key).trimEnd()]);
    return exitStatus.ok;
  },
};
