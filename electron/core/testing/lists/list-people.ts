import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { Identity } from '../../../../shared/identity';
import type { MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import type { MailingListView } from '../../../../shared/mailing-lists/list-view';
import type { Clock } from '../../ports/runtime';
import { LoopbackNetwork } from '../loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../make-test-core';

/** Somebody with a real core on the loopback network. */
export type Person = { readonly identity: Identity; core: TestCore };

/** A network that remembers who was called at port 25. */
export class WatchedNetwork extends LoopbackNetwork {
  readonly called: string[] = [];

  override dial(...[onion, port, authKey]: Parameters<LoopbackNetwork['dial']>): ReturnType<LoopbackNetwork['dial']> {
    if (port === 25) this.called.push(onion);
    return super.dial(onion, port, authKey);
  }
}

export async function makePerson(o: { network: LoopbackNetwork; clock: Clock; name: string }): Promise<Person> {
  const core = await makeTestCore(o.network, { clock: o.clock });
  return { core, identity: await makeIdentity(core, o.name) };
}

/** Resolves when it is so; looks again whenever something of this kind was announced. */
export async function until(core: TestCore, type: CoreEvent['type'], isSo: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const changed = core.when(type, () => true);
    if (await isSo()) return;
    await changed;
  }
}

/** The list as this person sees it; undefined when they do not know it. */
export async function listOf({ core, identity }: Person, list: MailingListId): Promise<MailingListView | undefined> {
  return (await core.call('lists.list', { identityId: identity.id })).find(({ id }) => id === list);
}

/** Each is a contact of the other. */
export async function befriend(one: Person, other: Person): Promise<void> {
  for (const [who, whom] of [
    [one, other],
    [other, one],
  ] as const)
    await who.core.call('contacts.add', { identityId: who.identity.id, address: whom.identity.address, name: '' });
}

/** Invites a contact, who accepts, and waits until both know that they are a member. */
export async function join(founder: Person, guest: Person, list: MailingListId): Promise<void> {
  const contacts = await founder.core.call('contacts.list', { identityId: founder.identity.id });
  const contactId = contacts.find(({ address }) => address === guest.identity.address)?.id;
  if (contactId === undefined) throw new Error('They are no contacts.');
  await founder.core.call('lists.invite', { identityId: founder.identity.id, list, contactId });
  const of = { identityId: guest.identity.id };
  const invited = async () => (await guest.core.call('lists.invitations', of)).find((each) => each.list === list);
  await until(guest.core, 'lists.changed', async () => (await invited()) !== undefined);
  const invitation = (await invited())?.id;
  if (invitation === undefined) throw new Error('There is no invitation.');
  await guest.core.call('lists.answer', { ...of, invitation, accepts: true });
  await until(guest.core, 'lists.changed', async () => (await listOf(guest, list))?.standing === 'member');
}

export async function post({ core, identity }: Person, list: MailingListId, subject: string): Promise<void> {
  await core.call('lists.post', { identityId: identity.id, list, subject, text: `This is about ${subject}.` });
}

/** Subjects in the mailbox of a list, sorted. */
export async function subjects(person: Person, list: MailingListId): Promise<string[]> {
  const folder = (await listOf(person, list))?.mailboxId;
  if (folder === undefined) return [];
  const { messages } = await person.core.call('messages.page', {
    identityId: person.identity.id,
    folder,
    limit: 100,
  });
  return messages.map(({ subject }) => subject).sort();
}

/** Resolves when there are so many posts in the mailbox. */
export async function untilPosts(person: Person, list: MailingListId, count: number): Promise<string[]> {
  await until(person.core, 'message.stored', async () => (await subjects(person, list)).length >= count);
  return subjects(person, list);
}
