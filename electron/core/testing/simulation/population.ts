import type { Log } from '../../ports/runtime';
import { drawAcquaintances } from './acquaintances';
import { drawHabit, drawZone, onlineSpans } from './day-pattern';
import { planLetters } from './letters';
import { malices, type Malice } from './malice';
import { createPersonIdentity, createPersonMachine, type Person } from './person';
import type { World } from './world';

export type PopulationOptions = {
  readonly people: number;
  /** Acquaintances of each, about. */
  readonly acquaintances: number;
  /** Share of people who are malicious holders, of every kind alike. */
  readonly malicious: number;
  /** Share of people whose programs do not take some messages for hours. */
  readonly fussy?: number;
  /** Share of people who go away for days or weeks. */
  readonly away: number;
  /** Days on which letters are written, letters of one person on a day, and days that are lived at all. */
  readonly writingDays: number;
  readonly lettersPerDay: number;
  readonly days: number;
};

/** People with their machines, habits and plans; all of it follows from the seed. */
export async function createPopulation(
  world: World,
  o: PopulationOptions & { readonly log: Log; readonly begins: number },
): Promise<Person[]> {
  const known = drawAcquaintances({
    people: o.people,
    each: o.acquaintances,
    random: world.random.fork('acquaintances'),
  });
  const malice = drawMalice(world, o);
  const people: Person[] = [];
  for (let number = 0; number < o.people; number += 1) {
    const random = world.random.fork(`person ${String(number)}`);
    const identity = await createPersonIdentity(world, number);
    const habit = drawHabit(random);
    const spans = onlineSpans({
      habit,
      zone: drawZone(number / o.people),
      days: o.days,
      away: o.away,
      random: random.fork('spans'),
    });
    const acquaintances = known[number] ?? [];
    const letters = planLetters({
      person: number,
      spans,
      acquaintances,
      days: o.writingDays,
      perDay: o.lettersPerDay,
      random: random.fork('letters'),
    });
    const fussyFrom = random.fork('fussy').fraction() < (o.fussy ?? 0) ? o.begins : undefined;
    const machine = createPersonMachine(world, { number, identity, malice: malice.get(number), fussyFrom, log: o.log });
    people.push({ number, identity, machine, habit, spans, acquaintances, letters, malice: malice.get(number) });
  }
  return people;
}

function drawMalice(world: World, o: PopulationOptions): ReadonlyMap<number, Malice> {
  const random = world.random.fork('malice');
  const chosen = new Map<number, Malice>();
  const wanted = Math.round(o.people * o.malicious);
  while (chosen.size < wanted) {
    const number = random.below(o.people);
    const malice = malices[chosen.size % malices.length];
    if (malice && !chosen.has(number)) chosen.set(number, malice);
  }
  return chosen;
}
