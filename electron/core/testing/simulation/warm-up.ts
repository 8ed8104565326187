import { defaultHoldTerms } from '../../../../shared/custody';
import { askToHold } from '../../mail/custody/agreements';
import { answerAgreement } from '../../mail/custody/answer-agreement';
import { inService, meet, type Person } from './person';
import type { World } from './world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How far people got before the days began. */
export type WarmUp = { readonly agreements: number; readonly cards: number };

/**
 * Before the first day everybody is online: they meet, ask some acquaintances to hold their mail, get the answers and
 * tell the others, all by the program's own messages. `holders`: how many each asks.
 */
export async function warmUp(
  world: World,
  o: { readonly people: readonly Person[]; readonly holders: number; readonly hours: number },
): Promise<WarmUp> {
  const ends = world.clock.now() + o.hours * HOUR;
  for (const person of o.people) await person.machine.start();
  await world.clock.settle();
  for (const person of o.people) {
    await Promise.all(person.acquaintances.map((number) => meet(person, required(o.people, number).identity)));
  }
  await world.clock.runUntil(world.clock.now() + 10 * MINUTE);
  for (const person of o.people) {
    const random = world.random.fork(`holders ${String(person.number)}`);
    world.clock.setTimer(random.between(0, HOUR), () => {
      ask(person, { people: o.people, holders: chooseSome(person.acquaintances, o.holders, random) });
    });
  }
  await world.clock.runUntil(world.clock.now() + 2 * HOUR);
  for (const person of o.people) answer(person);
  await world.clock.runUntil(ends);
  return reached(o.people);
}

function ask(person: Person, o: { readonly people: readonly Person[]; readonly holders: readonly number[] }): void {
  const { services, opened } = inService(person);
  for (const number of o.holders) {
    const contact = opened.contacts.find(required(o.people, number).identity.address);
    if (contact) askToHold(services, opened, { contactId: contact.id, terms: defaultHoldTerms });
  }
}

/** Everybody agrees. */
function answer(person: Person): void {
  const { services, opened } = inService(person);
  for (const { id, role, state } of opened.custody.agreements.all()) {
    if (role === 'holder' && state === 'asked') answerAgreement(services, opened, { agreementId: id, accept: true });
  }
}

function reached(people: readonly Person[]): WarmUp {
  let agreements = 0;
  let cards = 0;
  for (const person of people) {
    const mailbox = inService(person).opened;
    agreements += mailbox.custody.agreements
      .all()
      .filter(({ role, state }) => role === 'client' && state === 'active').length;
    cards += mailbox.contacts
      .all()
      .filter(({ id }) => (mailbox.custody.asSender.holderList(id)?.holders.length ?? 0) > 0).length;
  }
  return { agreements, cards };
}

function chooseSome(from: readonly number[], count: number, random: { below(count: number): number }): number[] {
  const left = [...from];
  const chosen: number[] = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(random.below(left.length), 1));
  return chosen;
}

function required(people: readonly Person[], number: number): Person {
  const person = people[number];
  if (!person) throw new Error('Nobody has this number');
  return person;
}
