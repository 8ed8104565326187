import { EntryId, InstallId, ListGenesis, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { MailAddress } from '../../../../shared/ids';
import { HOUR_MS } from '../../domain/time';
import type { ListIdentity } from '../../domain/lists/agreed-state';
import { haveVector } from '../../domain/lists/have-vector';
import { newRun, violations, type RunRecord, type Violation } from './run-record';
import { fractions, installNamed, signAs, testCrypto } from './test-crypto';
import { VirtualMember, type Fault, type Parcel, type World } from './virtual-member';
import { writeEntry } from '../../domain/lists/write-entry';
import { onionOf } from '../../domain/mail-address';

export const addressOf = (number: number): MailAddress =>
  MailAddress.parse(`m${String(number)}@${'abcdefg'.charAt(number).repeat(56)}.onion`);

export const POSTS_PER_DAY = 6;
/** Of one round in which each asks each. */
const MAX_PARCELS = 5_000;
const NOW = 1_780_000_000_000;
const [FOUNDER, VICTIM, LIAR, FLOODER, FORKER] = [0, 3, 4, 5, 6] as const;

export function listOf(founder: MailAddress): ListIdentity {
  const genesis = ListGenesis.parse({
    v: 1,
    name: 'Choir',
    createdAt: NOW,
    nonce: '7'.repeat(64),
    founder: { address: founder, install: InstallId.parse(installNamed(`${founder} 1`)) },
    policy: { posting: 'anybody', postsPerDay: POSTS_PER_DAY, octetsPerDay: 1_000_000 },
  });
  const genesisId = EntryId.parse(testCrypto.sha256(JSON.stringify(genesis)));
  return { list: MailingListId.parse('l'.repeat(52).replace(/l/g, 'q')), genesis, genesisId };
}

export type Outcome = {
  readonly run: RunRecord;
  readonly broken: readonly Violation[];
  readonly members: readonly VirtualMember[];
  readonly honest: readonly VirtualMember[];
};

/**
 * A list of seven with loss, duplicates, crashes, restores, one who is removed, one who forks their log, one who floods
 * and one who claims and asks for everything. What happens follows from the seed.
 */
export function runNetwork(seed: number, fault?: Fault): Outcome {
  const fraction = fractions(seed);
  const flying: Parcel[] = [];
  const world: World = {
    of: listOf(addressOf(FOUNDER)),
    run: newRun(),
    fraction,
    ...(fault ? { fault } : {}),
    now: NOW,
    step: 0,
    send: (parcel) => void flying.push(parcel),
  };
  const members = Array.from(
    { length: 7 },
    (_, number) =>
      new VirtualMember(addressOf(number), world, number !== FLOODER && number !== FORKER && number !== LIAR),
  );
  const network = new Network(world, members, flying);
  network.found();
  for (let step = 0; step < 150; step += 1) network.disturb();
  network.heal();
  const honest = members.filter(({ isHonest }, number) => isHonest && number !== VICTIM);
  return {
    run: world.run,
    members,
    honest,
    broken: violations(
      world.run,
      honest.map(({ address }) => address),
    ),
  };
}

class Network {
  readonly #steps: readonly (() => void)[];

  constructor(
    private readonly world: World,
    private readonly members: readonly VirtualMember[],
    private readonly flying: Parcel[],
  ) {
    const post = (): void => void this.#any().post(`post ${String(world.step)}`);
    const arrive = (): void => {
      this.#arrive({ loss: 0.25, double: 0.15 });
    };
    this.#steps = [
      ...Array<() => void>(6).fill(arrive),
      post,
      post,
      () => {
        this.#any().ask();
      },
      () => {
        this.#any().backUp();
      },
      () => {
        this.#misbehave();
      },
    ];
  }

  found(): void {
    const founder = this.#at(FOUNDER);
    for (const member of this.members.slice(1)) {
      founder.decide(member.acceptance(this.members.indexOf(member)));
      // An invitation brings the list so far.
      for (const log of founder.shelf.logs())
        member.receive({
          from: founder.address,
          to: member.address,
          entries: founder.shelf.entries({ ...log, from: 0 }),
        });
    }
  }

  disturb(): void {
    const { world } = this;
    world.step += 1;
    world.now += Math.floor(world.fraction() * HOUR_MS);
    this.#steps[Math.floor(world.fraction() * this.#steps.length)]?.();
    if (world.step === 60) this.#any(1).restore();
    // A crash loses what was on its way to somebody.
    if (world.step % 40 === 0) this.#crash(this.#any());
    if (world.step === 90) {
      const { address } = this.#at(VICTIM);
      this.#at(FOUNDER).decide({ op: 'member.remove', address, cut: this.#at(FOUNDER).cutOf(address) });
    }
  }

  /** Everybody is online, nothing is lost, and each asks each. */
  heal(): void {
    for (let round = 0; round < 4; round += 1) {
      this.world.step += 1;
      const honest = this.members.filter(({ isHonest }) => isHonest);
      for (const one of honest) one.ask(this.members.length);
      for (let count = 0; this.flying.length > 0; count += 1) {
        if (count > MAX_PARCELS) throw new Error('They do not come to an end.');
        this.#arrive({ loss: 0, double: 0.05 });
      }
    }
  }

  #arrive(o: { loss: number; double: number }): void {
    const { fraction } = this.world;
    const [parcel] = this.flying.splice(Math.floor(fraction() * this.flying.length), 1);
    if (!parcel || fraction() < o.loss) return;
    if (fraction() < o.double) this.flying.push(parcel);
    this.members.find(({ address }) => address === parcel.to)?.receive(parcel);
  }

  #crash({ address }: VirtualMember): void {
    const left = this.flying.filter(({ to, from }) => to !== address && from !== address);
    this.flying.splice(0, this.flying.length, ...left);
  }

  #misbehave(): void {
    const flooder = this.#at(FLOODER);
    for (let count = 0; count < 2 * POSTS_PER_DAY; count += 1) flooder.post(`flood ${String(count)}`);
    this.#fork();
    const liar = this.#at(LIAR);
    const claims = haveVector(liar.shelf).map((row) => ({ ...row, next: 0x3fff_ffff, head: 'f'.repeat(16) }));
    for (const [have, to] of [
      [claims, this.#any()],
      [[], this.#any()],
    ] as const)
      liar.send({ from: liar.address, to: to.address, entries: [], have });
  }

  /** Two posts of one number, to different people. */
  #fork(): void {
    const { world } = this;
    const forker = this.#at(FORKER);
    for (const text of ['one', 'other']) {
      const { entry } = writeEntry(
        { crypto: testCrypto, shelf: forker.shelf, sign: (of) => signAs(onionOf(forker.address), of) },
        {
          list: world.of.list,
          author: forker.address,
          install: forker.install,
          kind: 'post',
          body: testCrypto.toOctets(text),
          now: world.now,
        },
      );
      forker.send({ from: forker.address, to: this.#any().address, entries: [entry] });
    }
  }

  #any(from = 0): VirtualMember {
    const honest = this.members.slice(from).filter(({ isHonest }) => isHonest);
    return honest[Math.floor(this.world.fraction() * honest.length)] ?? this.#at(FOUNDER);
  }

  #at(number: number): VirtualMember {
    const member = this.members[number];
    if (!member) throw new Error(`There is no member ${String(number)}.`);
    return member;
  }
}
