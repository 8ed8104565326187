import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import { ALIAS_OCTETS, aliasName } from '../../domain/gateway/alias-name';
import { aliasLetter, endedLetter, welcomeLetter } from '../../domain/gateway/gateway-letters';
import type { RelayTerms } from '../../domain/gateway/judge-relay';
import { writeRelayTag } from '../../domain/gateway/relay-tag';
import { MAX_ALIASES_OF_PARTICIPANT, MAX_PARTICIPANTS } from '../../domain/gateway/gateway-limits';
import { mailboxOf } from '../../domain/mail-address';
import type { RelayAgreement, RelayAlias } from '../../ports/storage/gateway/relay-records';
import { requireAddress } from '../contacts/require-address';
import type { Mailbox, Services } from '../mailbox';
import { requirePlan } from './require-plan';
import { writeToParticipant, type WriteServices } from './write-to-participant';

type ManageServices = WriteServices & Pick<Services, 'onionKeys'>;

/**
 * Relays for this person from now on, or by other terms, and tells them. The first time they get an alias. Throws
 * `invalid-call` before the gateway was set, `address-invalid`, `too-many`.
 */
export async function allowParticipant(
  services: ManageServices,
  mailbox: Mailbox,
  { participant: typed, ...terms }: RelayTerms & { readonly participant: MailAddress },
): Promise<void> {
  requirePlan(mailbox);
  const participant = mailboxOf(requireAddress(services, typed));
  const { relay } = mailbox;
  if (participant === mailbox.identity().address) throw itself();
  const before = relay.agreement(participant);
  if (!before && relay.agreements().length >= MAX_PARTICIPANTS) throw tooMany();
  relay.putAgreement({ ...terms, participant, madeAt: before?.madeAt ?? services.clock.now() });
  const alias = openAliases(mailbox, participant)[0] ?? newAlias(services, mailbox, participant);
  await tell(services, mailbox, { participant, ...welcome(mailbox, { terms, alias }) });
}

/** Relays nothing for this person any more. Throws `contact-unknown`. */
export async function endParticipant(services: WriteServices, mailbox: Mailbox, typed: MailAddress): Promise<void> {
  const agreement = requireAgreement(mailbox, typed);
  if (agreement.endedAt !== undefined) return;
  mailbox.relay.putAgreement({ ...agreement, endedAt: services.clock.now() });
  await tell(services, mailbox, { participant: agreement.participant, ...endedLetter(undefined) });
}

/** Gives this person another alias. Throws `contact-unknown`, `too-many`. */
export async function addAlias(services: WriteServices, mailbox: Mailbox, typed: MailAddress): Promise<void> {
  const { participant } = requireAgreement(mailbox, typed);
  const had = mailbox.relay.aliases().filter((alias) => alias.participant === participant).length;
  if (had >= MAX_ALIASES_OF_PARTICIPANT) throw tooMany();
  const alias = newAlias(services, mailbox, participant);
  await tell(services, mailbox, { participant, ...aliasLetter(addressOf(mailbox, alias)) });
}

/** Nothing comes by this alias any more, and nobody else gets it. Throws `address-invalid` for one that is none. */
export async function endAlias(services: WriteServices, mailbox: Mailbox, typed: string): Promise<void> {
  const { domain } = requirePlan(mailbox);
  const text = typed.trim().toLowerCase();
  const name = text.endsWith(`@${domain}`) ? text.slice(0, -domain.length - 1) : '';
  const alias = mailbox.relay.alias(name);
  if (!alias) throw unknownAlias();
  if (alias.endedAt !== undefined) return;
  mailbox.relay.putAlias({ ...alias, endedAt: services.clock.now() });
  await tell(services, mailbox, { participant: alias.participant, ...endedLetter(addressOf(mailbox, alias)) });
}

/** Oldest first. */
export function openAliases({ relay }: Pick<Mailbox, 'relay'>, participant: MailAddress): RelayAlias[] {
  return relay.aliases().filter((alias) => alias.participant === participant && alias.endedAt === undefined);
}

function newAlias(
  { random, clock }: Pick<Services, 'random' | 'clock'>,
  { relay }: Pick<Mailbox, 'relay'>,
  participant: MailAddress,
): RelayAlias {
  const alias = { name: aliasName(random.bytes(ALIAS_OCTETS)), participant, madeAt: clock.now() };
  relay.putAlias(alias);
  return alias;
}

function welcome(
  mailbox: Pick<Mailbox, 'relay' | 'identity'>,
  { terms, alias }: { readonly terms: RelayTerms; readonly alias: RelayAlias },
) {
  const { address } = mailbox.identity();
  const example = writeRelayTag(address, 'carol@example.com') ?? address;
  return welcomeLetter({ terms, alias: addressOf(mailbox, alias), example });
}

const addressOf = (mailbox: Pick<Mailbox, 'relay'>, { name }: RelayAlias): string =>
  `${name}@${requirePlan(mailbox).domain}`;

function tell(
  services: WriteServices,
  mailbox: Mailbox,
  o: { readonly participant: MailAddress; readonly subject: string; readonly text: string },
): Promise<void> {
  return writeToParticipant(services, mailbox, { ...o, made: services.random.bytes(32) });
}

function requireAgreement({ relay }: Pick<Mailbox, 'relay'>, typed: MailAddress): RelayAgreement {
  const agreement = relay.agreement(mailboxOf(typed));
  if (agreement) return agreement;
  throw new PosthornError('contact-unknown', 'This gateway has never relayed for this person. Nothing was changed.');
}

function itself(): PosthornError {
  return new PosthornError(
    'address-invalid',
    'A gateway relays for other identities. Let another identity of yours use it; nothing was changed.',
  );
}

function tooMany(): PosthornError {
  return new PosthornError('too-many', 'There are as many as there may be. Nothing was changed.');
}

function unknownAlias(): PosthornError {
  return new PosthornError('address-invalid', 'This gateway has no such alias. Nothing was changed.');
}
