import type { HolderUp } from './holder-process';
import { holderOf, type CustodyPerson } from './custody-people';
import { KillFuse, type KillMoment } from './kill-fuse';
import type { KillableHolder } from './killable-holder';
import type { MailLedger } from './mail-ledger';
import type { SeededRandom } from './simulation/seeded-random';

/** At which step the kills came, as the wire and the two disks show. */
export type KillTally = {
  /**
   * While mail was left: before or while content passed, committed and the receipt lost, when every receipt had
   * arrived.
   */
  readonly holding: { before: number; inContent: number; unanswered: number; after: number };
  /**
   * While mail was handed over: before or while content passed, taken by the recipient and not forgotten by the holder,
   * when all was forgotten.
   */
  readonly forwarding: { before: number; inContent: number; taken: number; after: number };
};

type World = {
  readonly sender: CustodyPerson;
  readonly recipient: CustodyPerson;
  readonly holder: CustodyPerson;
  readonly process: KillableHolder;
  readonly ledger: MailLedger;
  readonly random: SeededRandom;
};

/** Octets of the conversation about one message: the guess until one was counted. */
const USUAL_OCTETS = 10_000;
/** Octets of that conversation before the content. */
const COMMAND_OCTETS = 180;
/** Octets from the start of a content; the shortest content is longer. */
const FIRST_OCTETS = 1_500;
/** What a kill aims at; octets lie in the commands, in the first content, or anywhere. */
const AIMS = ['commands', 'content', 'anywhere', 'dot', 'reply', 'replied'] as const;
type Aim = (typeof AIMS)[number];
/** A contact has 32 tokens; the recipient gives out others when half are used up, and they may come two rounds late. */
const MOST_WAITING = 4;

/** Rounds in which mail is left with a holder or handed over by it, and the holder is killed once in each. */
export class KillRounds {
  readonly tally: KillTally = {
    holding: { before: 0, inContent: 0, unanswered: 0, after: 0 },
    forwarding: { before: 0, inContent: 0, taken: 0, after: 0 },
  };
  /** The longest conversation about one message, towards the holder and from it. */
  readonly #usual = { in: USUAL_OCTETS, out: USUAL_OCTETS };
  /** Aims not yet taken, towards the holder and from it: each comes once before any comes again. */
  readonly #aims: { readonly in: Aim[]; readonly out: Aim[] } = { in: [], out: [] };
  #replayed = 0;

  constructor(private readonly world: World) {}

  async round(): Promise<void> {
    const waiting = this.#waiting().length;
    const isForwarding = waiting > MOST_WAITING || (waiting > 0 && this.world.random.chance(0.5));
    await (isForwarding ? this.#forwarding() : this.#holding());
  }

  /**
   * Brings the recipient online until all mail has arrived and the sender knows it; answers what the holder has after a
   * last start.
   */
  async finish(): Promise<HolderUp> {
    this.world.recipient.core.onion.setOnline(true);
    await this.#settled();
    this.world.process.kill();
    await this.world.process.gone();
    return this.world.process.start();
  }

  /** For the report when the rounds do not go on: what they wait for. */
  state(): string {
    const { ledger, process } = this.world;
    const open = ledger.all().filter(({ arrivals, delivery }) => arrivals !== 1 || delivery.state !== 'delivered');
    const lines = open.map(({ subject, arrivals, delivery: { state, attempts, heldBy } }) =>
      JSON.stringify({ subject, arrivals, state, attempts, heldBy }),
    );
    return [
      `holder: ${process.isDead ? 'dead' : 'up'}, ${String(process.held)} held${process.missesLetter ? ', misses a letter' : ''}`,
      ...lines,
    ].join('\n');
  }

  #waiting(): ReturnType<MailLedger['all']> {
    return this.world.ledger.all().filter(({ arrivals }) => arrivals === 0);
  }

  async #holding(): Promise<void> {
    const { process, random } = this.world;
    const before = this.world.ledger.all().length;
    const count = 1 + random.below(3);
    const fuse = this.#fuse({ count, way: 'in', reply: /^250 2\.0\.0 Held / });
    process.watchIncoming(() => fuse.watch());
    for (let sent = 0; sent < count; sent += 1) await this.world.ledger.send(textOf(random));
    const own = this.world.ledger.all().slice(before);
    // After the first try of each, whatever its outcome, the sender knows what the holder has answered.
    await this.world.ledger.until(() => own.every(({ delivery }) => delivery.attempts > 0));
    const up = await this.#killAndStart(fuse);
    if (own.every(({ wasHeld }) => wasHeld)) this.#usual.in = Math.max(this.#usual.in, fuse.octets() / count);

    const unanswered = up.held + up.handedOver - this.world.ledger.all().filter(({ wasHeld }) => wasHeld).length;
    if (unanswered < 0)
      throw new Error(`${String(-unanswered)} messages with a receipt are not at the holder any more`);
    const open = own.filter(({ wasHeld }) => !wasHeld);
    this.tally.holding[unanswered > 0 ? 'unanswered' : open.length === 0 ? 'after' : unfinished(fuse)] += 1;
    await this.world.ledger.tryNow(open);
    await this.world.ledger.until(() => own.every(({ wasHeld }) => wasHeld));
  }

  async #forwarding(): Promise<void> {
    const { process, recipient } = this.world;
    const count = this.#waiting().length;
    const fuse = this.#fuse({ count, way: 'out', reply: /^250 2\.0\.0 Stored/ });
    process.watchOutgoing(() => fuse.watch());
    recipient.core.onion.setOnline(true);
    await this.world.ledger.until(() => process.isDead || this.#waiting().length === 0);
    const up = await this.#killAndStart(fuse);
    if (up.held === 0) this.#usual.out = Math.max(this.#usual.out, fuse.octets() / count);
    await this.#settled();
    const replayed = (await holderOf(recipient, this.world.holder))?.faults.replayed ?? 0;
    this.tally.forwarding[replayed > this.#replayed ? 'taken' : up.held === 0 ? 'after' : unfinished(fuse)] += 1;
    this.#replayed = replayed;
    await this.#bringLetters();
    recipient.core.onion.setOnline(false);
  }

  /** Has the recipient send at once the token lists that a kill kept from the holder, not at the next planned try. */
  async #bringLetters(): Promise<void> {
    const { ledger, process, recipient } = this.world;
    if (!process.missesLetter) return;
    recipient.core.onion.setOnline(false);
    recipient.core.onion.setOnline(true);
    await ledger.until(() => !process.missesLetter);
  }

  /** Resolves when all mail has arrived, the sender knows it, and the holder keeps nothing. */
  async #settled(): Promise<void> {
    const { ledger, process } = this.world;
    await ledger.until(
      () =>
        process.held === 0 &&
        ledger.all().every(({ arrivals, delivery }) => arrivals > 0 && delivery.state === 'delivered'),
    );
  }

  #fuse({ count, way, reply }: { count: number; way: 'in' | 'out'; reply: RegExp }): KillFuse {
    const { process, random } = this.world;
    const aim = this.#nextAim(way);
    const octets = {
      commands: random.below(COMMAND_OCTETS),
      content: COMMAND_OCTETS + random.below(FIRST_OCTETS),
      anywhere: random.below(count * this.#usual[way]),
    };
    const moment: KillMoment = {
      ...(aim in octets
        ? { at: 'octets', octets: octets[aim as keyof typeof octets] }
        : { at: aim as 'dot' | 'reply' | 'replied', octets: 0 }),
      nth: 1 + random.below(count),
      delay: random.below(12),
    };
    return new KillFuse(moment, reply, () => {
      process.kill();
      this.world.ledger.poke();
    });
  }

  #nextAim(way: 'in' | 'out'): Aim {
    const left = this.#aims[way];
    if (left.length === 0) left.push(...AIMS);
    const [aim] = left.splice(this.world.random.below(left.length), 1);
    if (aim === undefined) throw new Error('Nothing to aim at');
    return aim;
  }

  /** Kills the holder if the fuse has not done so, starts it again, and stops watching the wires. */
  async #killAndStart(fuse: KillFuse): Promise<HolderUp> {
    const { process } = this.world;
    fuse.disarm();
    process.kill();
    process.watchIncoming(undefined);
    process.watchOutgoing(undefined);
    await process.gone();
    return process.start();
  }
}

function unfinished({ hasCutContent }: KillFuse): 'inContent' | 'before' {
  return hasCutContent ? 'inContent' : 'before';
}

/** Of some length, so that no two conversations are alike. */
function textOf(random: SeededRandom): string {
  return 'word '.repeat(1 + random.below(600));
}
