import { DIAL_TIMEOUT_MS } from '../../../domain/limits';
import { onionOf } from '../../../domain/mail-address';
import type { SendOutcome } from '../../../domain/delivery-outcome';
import type { Isolation } from '../../../ports/onion';
import type { Agreement, HeldMail } from '../../../ports/storage/custody-records';
import type { Mailbox, Services } from '../../mailbox';
import { dialHost } from '../../contacts/dial-host';
import { SMTP_PORT } from '../../presence/onion-ports';

/** `isBegun`: whether any of the content was sent. */
export type Offered = { readonly outcome: SendOutcome; readonly isBegun: boolean };

/** Offers a client one held envelope, with our mark on top. Undefined when it is no longer here. */
export async function offerHeld(
  services: Pick<Services, 'onion' | 'smtpSender' | 'mime'>,
  mailbox: Pick<Mailbox, 'custody' | 'identity' | 'access' | 'contacts'>,
  o: {
    readonly agreement: Agreement;
    readonly held: HeldMail;
    /** How many more follow in this round. */
    readonly left: number;
    readonly isolation: Isolation;
    readonly signal: AbortSignal;
  },
): Promise<Offered | undefined> {
  const content = await mailbox.custody.asHolder.heldContent(o.held.id);
  if (!content) return undefined;
  const { peer } = o.agreement;
  const holder = onionOf(mailbox.identity().address);
  const { id: custodyId, digest, heldAt: at, until, signature } = o.held;
  const receipt = { holder, client: onionOf(peer), custodyId, digest, at, until, signature };
  let isBegun = false;
  const outcome = await services.smtpSender.send({
    from: null,
    to: peer,
    raw: services.mime.markEnvelope({ held: content, receipt, left: o.left }),
    greeting: holder,
    dial: () =>
      services.onion.dial({
        host: dialHost(mailbox, peer),
        port: SMTP_PORT,
        isolation: o.isolation,
        timeoutMs: DIAL_TIMEOUT_MS,
      }),
    progressed: () => {
      isBegun = true;
    },
    signal: o.signal,
  });
  return { outcome, isBegun };
}
