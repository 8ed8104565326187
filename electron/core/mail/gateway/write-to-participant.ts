import type { MailAddress } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import type { GatewayLetter } from '../../domain/gateway/gateway-letters';
import { onionOf } from '../../domain/mail-address';
import type { OutgoingAttachment } from '../../ports/mime';
import type { RelayedIn } from '../../ports/storage/gateway/relay-records';
import type { Mailbox, Services } from '../mailbox';
import { submitLetter } from '../outgoing/submit-letter';

export type WriteServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto'>;

type Writing = GatewayLetter & {
  readonly participant: MailAddress;
  /** What makes this letter: the same again is the same letter, and the participant gets it once. */
  readonly made: Uint8Array;
  readonly html?: string;
  readonly attachments?: readonly OutgoingAttachment[];
  readonly answers?: readonly string[];
  readonly brings?: Pick<RelayedIn, 'alias' | 'correspondent' | 'others' | 'note' | 'outsideId'>;
};

/**
 * Queues a letter of the gateway to a participant; it is committed when this resolves. It may be asked for twice, as
 * after a crash: the second is the same letter by its Message-ID. Throws what `submitLetter` throws.
 */
export async function writeToParticipant(services: WriteServices, mailbox: Mailbox, o: Writing): Promise<void> {
  const { participant, subject, text, html, attachments = [], answers = [] } = o;
  const rfcMessageId = await insideIdOf(services, mailbox, o);
  if (mailbox.messages.reference({ rfcMessageId })) return;
  const brings = o.brings ?? { others: [], note: [] };
  mailbox.relay.addIn({ insideId: rfcMessageId, participant, at: services.clock.now(), ...brings });
  const inReplyTo = answers.at(-1);
  await submitLetter(services, mailbox, {
    ...{ to: [participant], cc: [], bcc: [], subject, text, attachments, rfcMessageId },
    ...present({ html, claimed: inReplyTo === undefined ? undefined : { inReplyTo, references: answers } }),
    cleansPictures: false,
  });
}

/** Of a form that every letter has (a UUID): the same for the same octets and person. */
async function insideIdOf(
  services: Pick<Services, 'custodyCrypto'>,
  mailbox: Pick<Mailbox, 'identity'>,
  { participant, made, brings }: Writing,
): Promise<string> {
  const parts = [await services.custodyCrypto.digest(made), participant, brings?.alias ?? ''];
  const hex = await services.custodyCrypto.digest(new TextEncoder().encode(parts.join('\n')));
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)];
  return `<${uuid.join('-')}@${onionOf(mailbox.identity().address)}>`;
}
