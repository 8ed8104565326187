import {
  EntryId,
  InstallId,
  InvitationId,
  type HaveRow,
  type ListChange,
  type LogCut,
} from '../../../../shared/mailing-lists/mailing-list';
import type { MailAddress } from '../../../../shared/ids';
import { ASK_LEASE_MS } from '../../domain/lists/list-limits';
import { onionOf } from '../../domain/mail-address';
import { acceptanceText } from '../../domain/lists/acceptance';
import type { ListIdentity } from '../../domain/lists/agreed-state';
import { batchesOf } from '../../domain/lists/batches';
import type { Entry, EntryKind, SignedEntry } from '../../domain/lists/entry';
import { haveVector, missingEntries } from '../../domain/lists/have-vector';
import { counts, isMember, type ListState } from '../../domain/lists/list-state';
import { pushTargets, syncPartners } from '../../domain/lists/push-targets';
import { stateOn, takeEntries } from '../../domain/lists/take-entries';
import { toWire } from '../../domain/lists/wire-entry';
import { writeEntry } from '../../domain/lists/write-entry';
import { MemoryShelf } from './memory-shelf';
import type { RunRecord } from './run-record';
import { installNamed, signAs, testCrypto } from './test-crypto';

export type Parcel = {
  readonly from: MailAddress;
  readonly to: MailAddress;
  readonly entries: readonly SignedEntry[];
  readonly have?: readonly HaveRow[];
  readonly isAnswer?: boolean;
};

/** A rule that is broken on purpose, to see that the invariants notice. */
export type Fault = 'keeps-install' | 'never-asks' | 'files-again' | 'sends-to-removed';

export type World = {
  readonly of: ListIdentity;
  readonly run: RunRecord;
  readonly fraction: () => number;
  readonly fault?: Fault;
  now: number;
  step: number;
  send(parcel: Parcel): void;
};

/** A member in a virtual network: the rules of lists with a memory in the place of store, seal and outbox. */
export class VirtualMember {
  shelf = new MemoryShelf();
  install: InstallId;
  #installs = 0;
  #state: { readonly of: string; readonly state: ListState } | undefined;
  readonly #asked = new Map<MailAddress, number>();
  #backup: { shelf: MemoryShelf; written: number } | undefined;

  constructor(
    readonly address: MailAddress,
    private readonly world: World,
    readonly isHonest: boolean,
  ) {
    this.install = this.newInstall();
  }

  newInstall(): InstallId {
    this.#installs += 1;
    return InstallId.parse(installNamed(`${this.address} ${String(this.#installs)}`));
  }

  /** What is agreed, computed anew when the founder's ledger is another. */
  state(): ListState {
    const { address } = this.world.of.genesis.founder;
    const logs = this.shelf.logs().filter(({ author, lane }) => author === address && lane === 'ledger');
    const now = JSON.stringify(logs.map(({ install, head, forkedAt }) => [install, head, forkedAt]));
    if (this.#state?.of !== now) this.#state = { of: now, state: this.#stateNow() };
    return this.#state.state;
  }

  #stateNow(): ListState {
    return stateOn({ of: this.world.of, crypto: testCrypto, shelf: this.shelf });
  }

  /** Writes an entry, and keeps it before anybody gets it. */
  write(kind: EntryKind, body: Uint8Array): Entry {
    const { world } = this;
    const made = writeEntry(
      { crypto: testCrypto, shelf: this.shelf, sign: (text) => signAs(onionOf(this.address), text) },
      { list: world.of.list, author: this.address, install: this.install, kind, body, now: world.now },
    );
    this.shelf.put({ ...made, isBranch: false });
    if (this.isHonest) world.run.written.push({ entry: made.entry, lost: false });
    return made.entry;
  }

  post(text: string): Entry {
    const entry = this.write('post', testCrypto.toOctets(text));
    this.push([entry]);
    return entry;
  }

  /** As the founder: decides on a change that the founder or somebody else has signed. */
  decide(change: ListChange | Entry): void {
    const entry = 'op' in change ? this.write('change', body(change)) : change;
    const { round, parent } = this.state();
    const block = this.write('block', body({ epoch: 0, round, parent, changes: [toWire(testCrypto, entry)] }));
    this.learnRemovals();
    this.push([entry, block]);
  }

  acceptance(number: number): ListChange {
    const invitation = InvitationId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
    const { address, install } = this;
    const accepted = { invitation, install, at: this.world.now };
    const text = acceptanceText({ ...accepted, list: this.world.of.list, address });
    const signature = signAs(onionOf(address), text);
    return { op: 'member.add', address, acceptance: { ...accepted, signature } };
  }

  /** How far we have somebody's logs, for a removal. */
  cutOf(author: MailAddress): LogCut[] {
    return this.shelf
      .logs()
      .filter((log) => log.author === author)
      .map(({ install, lane, next }) => ({ install, lane, next }));
  }

  push(entries: readonly Entry[]): void {
    const { fraction } = this.world;
    for (const to of this.#reachable(pushTargets(this.state(), { self: this.address, fraction })))
      this.send({ from: this.address, to, entries });
  }

  ask(count = 1): void {
    if (this.world.fault === 'never-asks') return;
    const { fraction } = this.world;
    for (const to of syncPartners(this.state(), { self: this.address, count, fraction })) this.askOf(to);
  }

  askOf(to: MailAddress): void {
    this.send({ from: this.address, to, entries: [], have: haveVector(this.shelf) });
  }

  receive({ from, entries, have, isAnswer }: Parcel): void {
    const before = this.state();
    if (before.gone.has(from)) return;
    const { world } = this;
    const taken = takeEntries(
      { of: world.of, crypto: testCrypto, shelf: this.shelf, now: world.now, state: before },
      entries,
    );
    const shown = world.fault === 'files-again' ? [...taken.entries, ...this.#again(entries)] : taken.entries;
    for (const { kind, id, author } of shown)
      if (kind === 'post' && author !== this.address) world.run.filed.push({ who: this.address, id });
    this.learnRemovals();
    if (!isMember(taken.state, from)) return;
    if (have) this.#answer(from, have, isAnswer === true);
    // What an answer lacks is not asked for again: two would go on for ever about a log that is refused.
    else if (taken.lacks && isAnswer !== true) this.#askOnce(from);
  }

  /** A sender who floods us is not asked once for each entry. */
  #askOnce(from: MailAddress): void {
    const { now, fault } = this.world;
    if (fault === 'never-asks' || now - (this.#asked.get(from) ?? 0) < ASK_LEASE_MS) return;
    this.#asked.set(from, now);
    this.askOf(from);
  }

  backUp(): void {
    this.#backup = { shelf: this.shelf.copy(), written: this.world.run.written.length };
  }

  /** The disk is as it was at the backup, mailbox and list alike. */
  restore(): void {
    const { run, fault } = this.world;
    if (!this.#backup) return;
    this.shelf = this.#backup.shelf.copy();
    const kept = run.filed.filter(({ who, id }) => who !== this.address || this.shelf.has(EntryId.parse(id)));
    run.filed.splice(0, run.filed.length, ...kept);
    for (const each of run.written)
      if (each.entry.author === this.address && !this.shelf.has(each.entry.id)) each.lost = true;
    run.dead.push({ install: this.install, after: run.written.length });
    if (fault !== 'keeps-install') this.install = this.newInstall();
  }

  learnRemovals(): void {
    const { run, step } = this.world;
    for (const gone of this.state().gone.keys())
      if (this.isHonest && !run.removals.some((each) => each.knows === this.address && each.gone === gone))
        run.removals.push({ knows: this.address, gone, step });
  }

  send(parcel: Parcel): void {
    const { run, step } = this.world;
    if (this.isHonest) run.sent.push({ from: this.address, to: parcel.to, step });
    this.world.send(parcel);
  }

  #answer(to: MailAddress, rows: readonly HaveRow[], isAnswer: boolean): void {
    const state = this.state();
    const lacking = [...missingEntries(this.shelf, rows)].filter((entry) => counts(state, entry));
    for (const entries of batchesOf(lacking, 8)) this.send({ from: this.address, to, entries, isAnswer: true });
    if (!isAnswer) this.send({ from: this.address, to, entries: [], have: haveVector(this.shelf), isAnswer: true });
  }

  #again(entries: readonly SignedEntry[]): Entry[] {
    return entries.flatMap(({ statement }) => {
      const id = EntryId.parse(testCrypto.sha256(statement));
      return this.shelf.logs().flatMap((log) => this.shelf.entries({ ...log, from: 0 }).filter((one) => one.id === id));
    });
  }

  #reachable(targets: MailAddress[]): MailAddress[] {
    return this.world.fault === 'sends-to-removed' ? [...targets, ...this.state().gone.keys()] : targets;
  }
}

const body = (value: unknown): Uint8Array => testCrypto.toOctets(JSON.stringify(value));
