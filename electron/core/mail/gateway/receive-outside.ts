import { PosthornError } from '../../../../shared/errors';
import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import { OutsideAddress } from '../../../../shared/gateway/outside-address';
import { present } from '../../../../shared/present';
import { renameContentIds } from '../../domain/clients/rename-content-ids';
import { gatewayReplies, replyToGatewayFault } from '../../domain/gateway/gateway-replies';
import { readOutsideHeader, type OutsideHeader } from '../../domain/gateway/outside-header';
import { markedSubject, notedPage, notedText, outsideNote } from '../../domain/gateway/outside-note';
import { writeEverybodyTag } from '../../domain/gateway/relay-tag';
import { MAX_RECEIVED_FIELDS, MAX_WAITING_FOR_PARTICIPANT } from '../../domain/gateway/gateway-limits';
import { MAX_ATTACHMENTS } from '../../domain/limits';
import { onionOf } from '../../domain/mail-address';
import type { SmtpReply } from '../../domain/refusals';
import type { AppendedMessage } from '../../ports/mime';
import type { FromOutside, OutsideDoor } from '../../ports/gateway';
import type { RelayAgreement, RelayAlias } from '../../ports/storage/gateway/relay-records';
import type { Mailbox, Services } from '../mailbox';
import { requirePlan } from './require-plan';
import { writeToParticipant } from './write-to-participant';

export type ReceiveOutsideServices = Pick<Services, 'clock' | 'random' | 'mime' | 'custodyCrypto' | 'log'>;

type Read = {
  readonly header: OutsideHeader;
  /** Undefined: it takes too much to read. */
  readonly message: AppendedMessage | undefined;
  readonly sender: OutsideAddress | undefined;
  readonly from: string;
};

/**
 * The way in from outside: what the mail server brings for an alias becomes a sealed letter of the gateway to whom the
 * alias stands for, with the truth about it on top. An alias that is none is refused before any octet of the message
 * comes; a message that was taken is never bounced. Nothing of these throws or rejects.
 */
export function outsideDoor(services: ReceiveOutsideServices, mailbox: Mailbox): OutsideDoor {
  return {
    checkRecipient: (text) => {
      try {
        const alias = aliasOf(services, mailbox, text);
        return 'code' in alias ? alias : undefined;
      } catch {
        services.log.error('gateway.recipient-not-checked');
        return gatewayReplies.tryLater;
      }
    },
    receive: (message) => receive(services, mailbox, message),
  };
}

/** The alias that a recipient names, while mail for it is taken. */
function aliasOf(
  { clock }: Pick<Services, 'clock'>,
  mailbox: Pick<Mailbox, 'relay' | 'contacts'>,
  text: string,
): RelayAlias | SmtpReply {
  const alias = namedAlias(mailbox, text);
  if (!alias || alias.endedAt !== undefined) return gatewayReplies.noSuchAlias;
  const { participant } = alias;
  if (!isInForce(mailbox.relay.agreement(participant), clock.now())) return gatewayReplies.noSuchAlias;
  if (mailbox.contacts.find(participant)?.blocked === true) return gatewayReplies.noSuchAlias;
  return mailbox.relay.waitingIn(participant) >= MAX_WAITING_FOR_PARTICIPANT ? gatewayReplies.full : alias;
}

function namedAlias(mailbox: Pick<Mailbox, 'relay'>, text: string): RelayAlias | undefined {
  const { domain } = requirePlan(mailbox);
  const [name = '', host, ...more] = asciiLowerCase(text).split('@');
  return host === domain && more.length === 0 ? mailbox.relay.alias(untagged(name)) : undefined;
}

function isInForce(agreement: RelayAgreement | undefined, now: number): boolean {
  return agreement !== undefined && agreement.endedAt === undefined && now < agreement.until;
}

/** `alias+tag` is the same mailbox (RFC 5233). */
const untagged = (name: string): string => name.replace(/\+.*$/s, '');

async function receive(
  services: ReceiveOutsideServices,
  mailbox: Mailbox,
  message: FromOutside,
): Promise<readonly SmtpReply[]> {
  const same = (reply: SmtpReply): SmtpReply[] => message.recipients.map(() => reply);
  try {
    const { resultsOf } = requirePlan(mailbox);
    const header = readOutsideHeader({ octets: message.octets, resultsOf });
    if (header.received > MAX_RECEIVED_FIELDS) return same(gatewayReplies.loop);
    const read = await readMessage(services, message, header);
    const replies: SmtpReply[] = [];
    for (const recipient of message.recipients)
      replies.push(await bring(services, mailbox, { recipient, message, read }));
    return replies;
  } catch (error) {
    services.log.error('gateway.not-taken');
    return same(replyToGatewayFault(error instanceof PosthornError ? error.code : undefined));
  }
}

/** Its writer chose the octets: they are read off this thread. */
async function readMessage(
  services: Pick<Services, 'mime'>,
  { octets, sender }: FromOutside,
  header: OutsideHeader,
): Promise<Read> {
  const message = await services.mime.readOutside(octets).catch((error: unknown) => {
    if (error instanceof PosthornError && error.code === 'unreadable-content') return undefined;
    throw error;
  });
  return { header, message, sender: outside(sender ?? ''), from: message?.from[0] ?? '' };
}

function outside(text: string): OutsideAddress | undefined {
  const address = OutsideAddress.safeParse(asciiLowerCase(text.trim()));
  return address.success ? address.data : undefined;
}

/** One letter for one alias. */
async function bring(
  services: ReceiveOutsideServices,
  mailbox: Mailbox,
  o: { readonly recipient: string; readonly message: FromOutside; readonly read: Read },
): Promise<SmtpReply> {
  try {
    const alias = aliasOf(services, mailbox, o.recipient);
    if ('code' in alias) return alias;
    await writeToParticipant(services, mailbox, {
      participant: alias.participant,
      made: o.message.octets,
      ...letterOf(services, mailbox, { ...o, alias }),
    });
    return gatewayReplies.taken;
  } catch (error) {
    const reply = replyToGatewayFault(error instanceof PosthornError ? error.code : undefined);
    services.log.error('gateway.not-taken', { reply: reply.code });
    return reply;
  }
}

function letterOf(
  services: Pick<Services, 'random'>,
  mailbox: Pick<Mailbox, 'identity' | 'relay'>,
  o: { readonly alias: RelayAlias; readonly message: FromOutside; readonly read: Read },
) {
  const { header, message, from } = o.read;
  const { address } = mailbox.identity();
  const alias = `${o.alias.name}@${requirePlan(mailbox).domain}`;
  const correspondent = answersTo(o);
  const others = othersOf(message, [alias, correspondent, from]);
  const note = outsideNote({
    ...{ from, sender: o.message.sender, alias, others, isAutomatic: header.isAutomatic, verdicts: header.verdicts },
    answersTo: correspondent,
    everybody: writeEverybodyTag(address),
  });
  const brings = { alias: o.alias.name, others, note, ...present({ correspondent, outsideId: message?.rfcMessageId }) };
  // More files than a letter may have: refused now, the mail server would tell a sender who may be forged.
  if (!message || message.isCut || message.attachments.length > MAX_ATTACHMENTS)
    return {
      subject: markedSubject(message?.subject ?? ''),
      text: notedText(note, UNREADABLE),
      attachments: [asFile(o.message)],
      brings,
    };
  const page = renameContentIds(
    { html: message.html, text: message.text, files: message.attachments },
    () => `${services.random.uuid()}@${onionOf(address)}`,
  );
  return {
    subject: markedSubject(message.subject),
    text: notedText(note, page.text),
    ...present({ html: page.html === undefined ? undefined : notedPage(note, page.html) }),
    attachments: page.files.map(({ filename, contentType, content, contentId }) => ({
      ...{ filename, contentType, content },
      ...present({ contentId }),
    })),
    answers: answersOf(mailbox, { participant: o.alias.participant, message }),
    brings,
  };
}

const UNREADABLE = 'This message takes too much to read, or has too many files. It is here as one file.';

const asFile = ({ octets }: FromOutside) => ({
  ...{ filename: 'message.eml', contentType: 'application/octet-stream', content: octets },
});

/** Notices of mail servers are never answered, nor is what nobody can be reached by. */
function answersTo({ message, read }: { message: FromOutside; read: Read }): OutsideAddress | undefined {
  if (message.sender === undefined) return undefined;
  return outside(bare(read.header.replyTo)) ?? outside(read.from) ?? read.sender;
}

/** The address of a field that holds one. */
function bare(field: string | undefined): string {
  return /<([^<>\s]{1,254})>\s*$/.exec(field ?? '')?.[1] ?? field ?? '';
}

function othersOf(message: AppendedMessage | undefined, except: readonly (string | undefined)[]): OutsideAddress[] {
  const named = [...(message?.to ?? []), ...(message?.cc ?? [])].flatMap((text) => outside(text) ?? []);
  return [...new Set(named)].filter((address) => !except.includes(address)).slice(0, MAX_OTHERS);
}

/** People of a message from outside who are told: more fill a page with names. */
const MAX_OTHERS = 19;

/** What it answers, by the names that the participant knows. */
function answersOf(
  { relay }: Pick<Mailbox, 'relay'>,
  { participant, message }: { participant: RelayAlias['participant']; message: AppendedMessage },
): string[] {
  const named = [...message.references.slice(-20), ...(message.inReplyTo === undefined ? [] : [message.inReplyTo])];
  const known = named.flatMap((id) => {
    const letter = relay.outByOutsideId(id);
    return letter?.participant === participant ? [letter.insideId] : [];
  });
  return [...new Set(known)];
}
