import { PosthornError } from '../../../../shared/errors';
import type { MessageId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { failureLetter, refusalLetter } from '../../domain/gateway/gateway-letters';
import { judgeRelay, type RelayRefusal } from '../../domain/gateway/judge-relay';
import { LEAVING_LIFETIME_MS, LEAVING_WAITS_MS } from '../../domain/gateway/gateway-limits';
import { DAY_MS } from '../../domain/time';
import type { HandedOver } from '../../ports/gateway';
import type { RelayAgreement, RelayedOut } from '../../ports/storage/gateway/relay-records';
import type { Mailbox, Services } from '../mailbox';
import { removeLetter } from './remove-letter';
import { openAliases } from './manage-participants';
import { answeredLetter, askedRecipients } from './read-relay';
import { requirePlan } from './require-plan';
import { writeOutside } from './write-outside';
import { writeToParticipant, type WriteServices } from './write-to-participant';

export type RelayServices = WriteServices & Pick<Services, 'mime' | 'mailServer' | 'log'>;

/**
 * Judges what participants have written, and hands over what is due. `signal` ends it between two steps. What fails
 * with one letter holds up no other, and is tried again.
 */
export async function relayLetters(services: RelayServices, mailbox: Mailbox, signal: AbortSignal): Promise<void> {
  const { relay, messages } = mailbox;
  for (const agreement of relay.agreements()) {
    for (const messageId of messages.from(agreement.participant, 'inbox')) {
      if (signal.aborted) return;
      await apart(services, () => judgeOnce(services, mailbox, { agreement, messageId }));
    }
  }
  for (const letter of relay.dueOut(services.clock.now())) {
    if (signal.aborted) return;
    const hasLeft = await apart(services, () => leave(services, mailbox, { letter, signal }));
    if (!hasLeft) putOff(services, mailbox, letter);
  }
}

/** What was written down before the fault counts: who has the letter does not get it again. */
function putOff(services: Pick<Services, 'clock'>, { relay }: Pick<Mailbox, 'relay'>, letter: RelayedOut): void {
  const kept = relay.out(letter.messageId) ?? letter;
  relay.putOut({ ...kept, ...nextTry(services, kept) });
}

/** Whether the step was done; what it threw is logged. */
async function apart(services: Pick<Services, 'log'>, step: () => Promise<void>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    services.log.error('gateway.letter-failed', { posthorn: error instanceof PosthornError });
    return false;
  }
}

async function judgeOnce(services: RelayServices, mailbox: Mailbox, judged: Judged): Promise<void> {
  const known = mailbox.relay.out(judged.messageId);
  if (!known) await judge(services, mailbox, judged);
  // A crash came before it was deleted.
  else if (known.state === 'done' || known.state === 'refused') removeLetter(mailbox, judged.messageId);
}

function nextTry({ clock }: Pick<Services, 'clock'>, { tries }: RelayedOut): Pick<RelayedOut, 'tries' | 'nextTryAt'> {
  const wait = LEAVING_WAITS_MS[Math.min(tries, LEAVING_WAITS_MS.length - 1)] ?? 0;
  return { tries: tries + 1, nextTryAt: clock.now() + wait };
}

type Judged = { readonly agreement: RelayAgreement; readonly messageId: MessageId };

/** Writes down what is to be done with a letter; it is done afterwards, and again after a crash. */
async function judge(services: RelayServices, mailbox: Mailbox, { agreement, messageId }: Judged): Promise<void> {
  const now = services.clock.now();
  const { relay } = mailbox;
  const { participant } = agreement;
  const detail = mailbox.messages.detail(messageId);
  const answered = answeredLetter(mailbox, { messageId, from: participant });
  const asked = askedRecipients(mailbox, { detail, answered });
  const letter = {
    ...{ messageId, participant, at: now, waiting: [], tries: 0, nextTryAt: now },
    insideId: mailbox.messages.reference({ messageId })?.rfcMessageId ?? '',
  };
  if (asked.isPersonal) {
    relay.putOut({ ...letter, state: 'personal' });
    return;
  }
  const recipients = [...asked.to, ...asked.cc, ...asked.bcc];
  const alias = aliasFor(mailbox, { participant, name: answered?.alias });
  const refusal =
    judgeRelay({
      terms: { ...agreement, isEnded: agreement.endedAt !== undefined },
      isProved: detail.summary.protection === 'verified',
      recipients,
      hasUnreadable: asked.hasUnreadable,
      hasWritten: (correspondent) => relay.hasWritten({ participant, correspondent }),
      lettersToday: relay.countOut({ participant, since: now - DAY_MS }),
      now,
    }) ?? (alias === undefined ? 'alias-ended' : undefined);
  if (refusal || alias === undefined) {
    return refuse(services, mailbox, { letter, reason: refusal ?? 'alias-ended', subject: detail.summary.subject });
  }
  const outsideId = `<${services.random.uuid()}@${requirePlan(mailbox).domain}>`;
  relay.putOut({ ...letter, state: 'waiting', alias, outsideId, waiting: recipients });
}

/** An answer leaves from the alias that was written to; a new letter from the oldest that is open. */
function aliasFor(
  mailbox: Pick<Mailbox, 'relay'>,
  { participant, name }: { participant: RelayAgreement['participant']; name: string | undefined },
): string | undefined {
  const open = openAliases(mailbox, participant);
  return (name === undefined ? open[0] : open.find((alias) => alias.name === name))?.name;
}

type Letter = Omit<RelayedOut, 'state'>;

async function refuse(
  services: RelayServices,
  mailbox: Mailbox,
  { letter, reason, subject }: { letter: Letter; reason: RelayRefusal; subject: string },
): Promise<void> {
  await tell(services, mailbox, { letter, ...refusalLetter({ subject, reason }) });
  mailbox.relay.putOut({ ...letter, state: 'refused', waiting: [] });
  removeLetter(mailbox, letter.messageId);
}

/** Hands a letter to the mail server: all who still wait for it, at once. */
async function leave(
  services: RelayServices,
  mailbox: Mailbox,
  { letter, signal }: { readonly letter: RelayedOut; readonly signal: AbortSignal },
): Promise<void> {
  const { messageId, participant, alias, outsideId, waiting } = letter;
  const detail = detailOf(mailbox, messageId);
  // The person behind the gateway has deleted it.
  if (!detail || alias === undefined || outsideId === undefined) {
    mailbox.relay.putOut({ ...letter, state: 'refused', waiting: [] });
    return;
  }
  const { subject } = detail.summary;
  if (mailbox.relay.agreement(participant)?.endedAt !== undefined)
    return settle(services, mailbox, { letter, handed: refusedFor(waiting), subject });
  const answered = answeredLetter(mailbox, { messageId, from: participant });
  const asked = askedRecipients(mailbox, { detail, answered });
  const message = await writeOutside(services, mailbox, {
    ...{ detail, answered, asked },
    letter: { ...letter, alias, outsideId },
  });
  if (!message) return refuse(services, mailbox, { letter, reason: 'names-onion', subject });
  const { domain, mtaPort } = requirePlan(mailbox);
  const handed = await services.mailServer.handOver({
    ...{ port: mtaPort, greeting: domain, from: `${alias}@${domain}`, to: waiting, signal },
    octets: await services.mime.buildOutside(message),
  });
  await settle(services, mailbox, { letter, handed, subject });
}

/** The person behind the gateway has ended it meanwhile: what waits does not leave, either. */
function refusedFor(waiting: RelayedOut['waiting']): HandedOver {
  return { taken: [], refused: waiting.map((recipient) => ({ recipient, reply: ENDED })), waiting: [] };
}

const ENDED = 'The gateway relays nothing for you any more.';

function detailOf({ messages }: Pick<Mailbox, 'messages'>, messageId: MessageId) {
  return messages.reference({ messageId }) && messages.detail(messageId);
}

/** Writes down who has it first of all: whatever comes next, nobody gets it twice. */
async function settle(
  services: RelayServices,
  mailbox: Mailbox,
  { letter, handed, subject }: { letter: RelayedOut; handed: HandedOver; subject: string },
): Promise<void> {
  const { relay } = mailbox;
  const now = services.clock.now();
  const isOver = now - letter.at >= LEAVING_LIFETIME_MS;
  const late = isOver ? handed.waiting.map((recipient) => ({ recipient, reply: LATE })) : [];
  const failed = [...handed.refused, ...late];
  const waiting = isOver ? [] : handed.waiting;
  if (failed.length > 0) {
    const untold = [...failed.map(({ recipient }) => recipient), ...waiting];
    relay.putOut({ ...letter, waiting: untold });
    // Of others this try knows only when it was the one for all of them.
    const others = letter.tries === 0 && waiting.length === 0 ? handed.taken.length : undefined;
    await tell(services, mailbox, { letter, ...failureLetter({ subject, failed, ...present({ others }) }) });
  }
  const state = waiting.length > 0 ? 'waiting' : 'done';
  relay.putOut({ ...letter, ...nextTry(services, letter), waiting, state });
  if (waiting.length === 0) removeLetter(mailbox, letter.messageId);
}

const LATE = 'The mail server did not take it for three days.';

/** The same once more after a crash. */
function tell(
  services: RelayServices,
  mailbox: Mailbox,
  { letter, ...o }: { readonly letter: Letter; readonly subject: string; readonly text: string },
): Promise<void> {
  const made = new TextEncoder().encode([letter.messageId, String(letter.tries), o.subject, o.text].join('\n'));
  const answers = letter.insideId === '' ? [] : [letter.insideId];
  return writeToParticipant(services, mailbox, { ...o, participant: letter.participant, made, answers });
}
