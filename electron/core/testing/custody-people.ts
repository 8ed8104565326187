import type { Contact } from '../../../shared/contact';
import { defaultHoldTerms, type MailClient, type MailHolder } from '../../../shared/custody';
import type { Identity } from '../../../shared/identity';
import type { DeliveryState } from '../../../shared/message';
import { mailboxOf } from '../domain/mail-address';
import { fromBase64 } from '../mail/control/base64';
import type { Clock } from '../ports/runtime';
import type { LoopbackNetwork } from './loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from './make-test-core';

/** A core with one identity. */
export type CustodyPerson = { readonly core: TestCore; readonly own: Identity };

export async function makePerson(network: LoopbackNetwork, name: string, clock?: Clock): Promise<CustodyPerson> {
  const core = await makeTestCore(network, clock ? { clock } : {});
  return { core, own: await makeIdentity(core, name) };
}

/** Resolves when this person's core has finished its work on the mail that it has answered. */
export function settled({ core, own }: CustodyPerson): Promise<void> {
  return core.inside.session.require(own.id).settled();
}

/** Resolves with what `look` answers as soon as it is something; looks again after every event of the core. */
export function until<T>(core: TestCore, look: () => Promise<T | undefined>): Promise<T> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const check = (): void => {
      if (isDone) return;
      look().then((found) => {
        if (found === undefined) return;
        isDone = true;
        resolve(found);
      }, reject);
    };
    core.onEvent(check);
    check();
  });
}

/** `one` scans the code of `other`, and so verifies them; resolves with the contact when its key is certified. */
export async function verify(one: CustodyPerson, other: CustodyPerson): Promise<Contact> {
  const { uri } = await other.core.call('cards.own', { identityId: other.own.id, withCode: false });
  await one.core.call('contacts.verifyCard', {
    identityId: one.own.id,
    text: uri,
    certify: { level: 'positive', shared: false },
  });
  return until(one.core, async () => (await contactOf(one, other)) ?? undefined).then(() =>
    until(one.core, async () => {
      const contact = await contactOf(one, other);
      return contact?.standing.kind === 'verified' ? contact : undefined;
    }),
  );
}

export async function contactOf(one: CustodyPerson, other: Pick<CustodyPerson, 'own'>): Promise<Contact | undefined> {
  return (await one.core.call('contacts.list', { identityId: one.own.id })).find(
    ({ address }) => address === other.own.address,
  );
}

/** Resolves when `holder` has agreed to hold mail for `client` and has the client's tokens. Both must be online. */
export async function agree(
  client: CustodyPerson,
  holder: CustodyPerson,
  terms = defaultHoldTerms,
): Promise<{ asked: MailHolder; agreed: MailClient }> {
  const contact = await verify(client, holder);
  await verify(holder, client);
  const asked = await client.core.call('holding.ask', { identityId: client.own.id, contactId: contact.id, terms });
  await until(holder.core, async () => (await clientOf(holder, client))?.state);
  const agreed = await holder.core.call('holding.answer', {
    identityId: holder.own.id,
    agreementId: asked.agreementId,
    accept: true,
  });
  await until(client.core, async () => {
    const known = await holderOf(client, holder);
    return known?.state === 'active' && known.tokensDue === undefined ? true : undefined;
  });
  return { asked, agreed };
}

export async function holderOf(
  one: CustodyPerson,
  holder: Pick<CustodyPerson, 'own'>,
): Promise<MailHolder | undefined> {
  return (await one.core.call('holding.view', { identityId: one.own.id })).holders.find(
    ({ address }) => address === holder.own.address,
  );
}

export async function clientOf(
  one: CustodyPerson,
  client: Pick<CustodyPerson, 'own'>,
): Promise<MailClient | undefined> {
  return (await one.core.call('holding.view', { identityId: one.own.id })).clients.find(
    ({ address }) => address === client.own.address,
  );
}

/** Resolves when `one` may leave mail with so many holders of `other`. */
export function knowsHolders(one: CustodyPerson, other: Pick<CustodyPerson, 'own'>, count: number): Promise<true> {
  return until(one.core, async () => ((await contactOf(one, other))?.holderCount === count ? true : undefined));
}

/** Whether `holder` would take a message that `sender` leaves for `client` under its first token. */
export function knowsTokens(
  { core, own }: CustodyPerson,
  { client, sender }: { client: Pick<CustodyPerson, 'own'>; sender: CustodyPerson },
): boolean {
  const { contacts, custody } = sender.core.inside.session.require(sender.own.id);
  const contact = contacts.find(mailboxOf(client.own.address));
  const list = contact && custody.asSender.holderList(contact.id);
  const holding = core.inside.session.require(own.id).custody;
  const { custodyCrypto } = core.inside.services;
  if (!list) return false;
  const token = custodyCrypto.token({
    seed: fromBase64(list.tokenSeed),
    holder: own.onion,
    index: list.firstToken ?? 0,
  });
  return holding.agreements
    .all()
    .some(({ id }) => holding.asHolder.hasToken({ agreementId: id, hash: custodyCrypto.tokenHash(token) }));
}

/** Resolves when the one delivery of a message is in this state. */
export async function deliveryIs(one: CustodyPerson, messageId: string, state: DeliveryState): Promise<void> {
  await until(one.core, async () => {
    const { summary } = await one.core.call('messages.read', { identityId: one.own.id, messageId });
    return summary.deliveries[0]?.state === state ? true : undefined;
  });
}

/** The subjects of the mail in the inbox, sorted. */
export async function subjectsOf({ core, own }: CustodyPerson): Promise<string[]> {
  const { messages } = await core.call('messages.page', { identityId: own.id, folder: 'inbox', limit: 500 });
  return messages.map(({ subject }) => subject).sort();
}
