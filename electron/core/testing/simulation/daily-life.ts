import type { Span } from './day-pattern';
import type { Letter } from './letters';
import type { Person } from './person';
import { write } from './person';
import type { SeededRandom } from './seeded-random';
import type { World } from './world';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The most uses of the store between the decision to cut the power and the cut. */
const MOST_STEPS = 80;

export type LifeCounts = { crashes: number; starts: number; onlineMs: number; written: number };

/**
 * What one person does with their machine: turns it on and off, closes the lid, writes letters, and sees it crash.
 * `begins`: when day 0 begins, in milliseconds of the world.
 */
export class DailyLife {
  readonly #unwritten: Letter[] = [];
  readonly #random: SeededRandom;

  constructor(
    private readonly world: World,
    private readonly o: {
      readonly person: Person;
      readonly people: readonly Person[];
      readonly begins: number;
      readonly crashesPerDay: number;
      readonly days: number;
      readonly counts: LifeCounts;
    },
  ) {
    this.#random = world.random.fork(`life ${String(o.person.number)}`);
  }

  /** Sets the timers of everything that is going to happen. */
  begin(): void {
    const { person, days } = this.o;
    if (!this.#spanNow()) this.#end();
    for (const { from, to } of person.spans) {
      this.#at(from, () => {
        this.#start();
      });
      this.#at(to, () => {
        this.#end();
      });
    }
    for (const letter of person.letters)
      this.#at(letter.at, () => {
        this.#write(letter);
      });
    for (let left = this.#random.count(this.o.crashesPerDay * days); left > 0; left -= 1) {
      this.#at(this.#random.between(0, days * DAY), () => {
        this.#crash();
      });
    }
    person.machine.onEnd = () => {
      this.#startAgain();
    };
  }

  #at(time: number, run: () => void): void {
    this.world.clock.setTimer(this.o.begins + time - this.world.clock.now(), run);
  }

  #spanNow(): Span | undefined {
    const now = this.world.clock.now() - this.o.begins;
    return this.o.person.spans.find(({ from, to }) => from <= now && now < to);
  }

  #start(): void {
    const { machine } = this.o.person;
    if (!this.#spanNow() || machine.running()) return;
    this.o.counts.starts += 1;
    void machine.start().then(() => {
      for (const letter of this.#unwritten.splice(0)) this.#write(letter);
    });
  }

  /** Most close the lid, some shut down, and a few just pull the plug. */
  #end(): void {
    const { machine } = this.o.person;
    const way = this.#random.fraction();
    if (way < 0.6) machine.sleep();
    else if (way < 0.95) machine.shutDown();
    else machine.crash();
  }

  #crash(): void {
    const { machine } = this.o.person;
    if (!machine.running()) return;
    this.o.counts.crashes += 1;
    machine.crash(this.#random.below(MOST_STEPS));
  }

  /** A person who wants to be online starts a machine that went off again. */
  #startAgain(): void {
    this.world.clock.setTimer(this.#random.around(8 * MINUTE, 0.8), () => {
      this.#start();
    });
  }

  /** Only what the store has taken counts as written: a letter that was lost over a crash was never in the outbox. */
  #write(letter: Letter): void {
    const { person, people, counts } = this.o;
    const to = people[letter.to];
    if (!to) return;
    if (!person.machine.running()) {
      this.#unwritten.push(letter);
      return;
    }
    try {
      write(person, letter, to.identity.address);
      counts.written += 1;
    } catch (error) {
      if (person.machine.running()) throw error;
    }
  }
}
