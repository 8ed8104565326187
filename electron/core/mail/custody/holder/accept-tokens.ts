import type { ControlMessage } from '../../../../../shared/wire/control-message';
import { fromBase64, inOctets } from '../../control/base64';
import { TOKEN_HASH_OCTETS } from '../../../domain/custody/token';
import type { ControlServices, ReceivedControl } from '../../control/control-message';
import type { Mailbox } from '../../mailbox';
import { MAX_TOKENS } from '../../../domain/custody-limits';

type Tokens = ReceivedControl<Extract<ControlMessage, { kind: 'hold.tokens' }>>;

/** As holder: stores which tokens a client of ours has given out. */
export function acceptTokens(
  _services: ControlServices,
  mailbox: Pick<Mailbox, 'custody'>,
  { contact, control }: Tokens,
): void {
  const agreement = mailbox.custody.agreements.find(control.agreementId);
  // Without an active agreement a client gets no room on our disk.
  if (agreement?.role !== 'holder' || agreement.peer !== contact.address || agreement.state !== 'active') return;
  const hashes = inOctets(fromBase64(control.hashes), TOKEN_HASH_OCTETS).slice(0, MAX_TOKENS);
  mailbox.custody.asHolder.putTokens({ agreementId: agreement.id, issuedAt: control.issuedAt, hashes });
}
