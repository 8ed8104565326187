import { parseArgs } from 'node:util';
import { Fingerprint } from '../../../../shared/ids';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command } from '../command';
import { exitStatus, UsageError } from '../command';
import { findContact } from '../../find/find-contact';
import { trustLine } from '../../lines/trust-lines';

/** `posthorn verify`: vouches for a contact whose fingerprint was compared with them. */
export const verify: Command = {
  usage: ['verify ADDRESS FINGERPRINT [--casual] [--shared]'],
  summary: 'say that you compared a contact’s fingerprint with them (private unless --shared)',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { casual: { type: 'boolean', default: false }, shared: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [address, ...groups] = positionals;
    const fingerprint = Fingerprint.safeParse(groups.join('').replaceAll(/\s/gu, '').toUpperCase());
    if (!fingerprint.success)
      throw new UsageError('Give all 40 digits of the fingerprint, as the other person reads them to you.');
    const { id: identityId } = await chooseIdentity(context);
    const { id: contactId } = await findContact(context, identityId, address);
    const certify = { level: values.casual ? ('casual' as const) : ('positive' as const), shared: values.shared };
    const changed = await context.core.call('contacts.verifyFingerprint', {
      identityId,
      contactId,
      fingerprint: fingerprint.data,
      certify,
    });
    context.output.result(changed, [trustLine(changed)]);
    return exitStatus.ok;
  },
};
