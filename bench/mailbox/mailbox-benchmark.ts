import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContactId, IdentityId } from '../../shared/ids';
import { searchMail } from '../../electron/core/mail/search/search-mail';
import type { MailStore } from '../../electron/core/ports/storage/mail-store';
import { systemClock } from '../../electron/core/runtime/system-clock';
import { createMailStore } from '../../electron/core/store/mail-store';
import { contact } from '../../electron/core/store/testing/store-fixtures';
import type { BenchRun } from '../report/bench-run';
import { median } from '../report/report';
import type { Measured, Section } from '../report/report';
import { mailboxMail, mailboxPeople } from './mailbox-mail';
import type { MailboxMail } from './mailbox-mail';
import { openNotmuch } from './notmuch';
import type { Notmuch } from './notmuch';
import { openPlainMail } from './plain-sqlite';
import type { PlainMail } from './plain-sqlite';
import { benchQueries } from './search-queries';
import type { BenchQuery } from './search-queries';

type Amount = { readonly messages: number; readonly rounds: number };
const whole: Amount = { messages: 100_000, rounds: 40 };
const little: Amount = { messages: 1_000, rounds: 4 };
const ROWS_OF_A_COMMIT = 500;
/** Rows that the window asks for. */
const LIMIT = 100;

/**
 * A mailbox of 100,000: twelve kinds of search from the question to the rows, as the core answers the window, against
 * plain SQLite FTS5 and notmuch with the same mail in the same run.
 */
export async function benchMailbox({ say, small }: BenchRun): Promise<Section> {
  const amount = small ? little : whole;
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-mailbox-'));
  const store = openStore(folder);
  const plain = openPlainMail(join(folder, 'plain.db'));
  const notmuch = openNotmuch(join(folder));
  if (notmuch === undefined) say('notmuch is not installed (Debian: apt-get install notmuch): it is left out');
  try {
    const filled = await fill({ store, plain, notmuch, messages: amount.messages });
    say(`${String(amount.messages)} messages are stored`);
    const lines: Measured[] = [importLine(filled)];
    const how: string[] = [];
    for (const query of benchQueries) {
      const measured = await measure({ store, plain, notmuch }, query, amount.rounds);
      how.push(measured.sentence);
      lines.push(...measured.lines);
      say(measured.sentence);
    }
    return { lines, how: [howFar(amount, notmuch), ...how] };
  } finally {
    store.close();
    plain.close();
    rmSync(folder, { recursive: true });
  }
}

type Programs = { readonly store: MailStore; readonly plain: PlainMail; readonly notmuch: Notmuch | undefined };

function openStore(folder: string): MailStore {
  const identityId = IdentityId.parse(randomUUID());
  const path = join(folder, 'mail.db');
  const key = new Uint8Array(randomBytes(32));
  const store = createMailStore({ path, key, identityId, events: { publish: () => undefined }, mode: 'create' });
  for (const { name, address } of mailboxPeople())
    store.contacts.add({ ...contact({ identityId, address, name }), id: ContactId.parse(randomUUID()) });
  return store;
}

type Filled = { readonly oursMs: number; readonly plainMs: number };

async function fill(o: Programs & { readonly messages: number }): Promise<Filled> {
  const filled = { oursMs: 0, plainMs: 0 };
  let some: MailboxMail[] = [];
  const commit = async (): Promise<void> => {
    filled.oursMs += await timed(() => Promise.all(some.map(({ row }) => o.store.messages.receive(row))));
    filled.plainMs += await timed(() => o.plain.add(some.map(({ row }) => row)));
    const seen = some.filter(({ planned }) => planned.seen).map(({ row }) => row.id);
    o.store.messages.setFlags(seen, { seen: true });
    o.plain.seen(seen);
    for (const mail of some) o.notmuch?.add(mail);
    some = [];
  };
  for (const mail of mailboxMail(o.messages, mailboxPeople())) {
    some.push(mail);
    if (some.length >= ROWS_OF_A_COMMIT) await commit();
  }
  await commit();
  await o.notmuch?.index();
  return filled;
}

const importLine = ({ oursMs, plainMs }: Filled): Measured => ({
  name: 'mailbox: store and index 500 messages a commit, against plain SQLite',
  unit: 'ms',
  ours: oursMs,
  theirs: plainMs,
  better: 'less',
});

async function measure(
  { store, plain, notmuch }: Programs,
  query: BenchQuery,
  rounds: number,
): Promise<{ readonly lines: Measured[]; readonly sentence: string }> {
  const services = { clock: systemClock() };
  const ours = () => searchMail(services, store, { text: query.text, limit: LIMIT });
  const others = {
    ...(query.plain === undefined ? {} : { 'plain SQLite': () => plain.find(query, LIMIT) }),
    ...(notmuch === undefined || query.notmuch === undefined
      ? {}
      : { 'the notmuch command': () => notmuch.find(query.notmuch ?? '', LIMIT) }),
  };
  const found = ours().length;
  const our = await p95(ours, rounds);
  const lines: Measured[] = [];
  for (const [name, run] of Object.entries(others)) {
    const theirs = await p95(run, name === 'plain SQLite' ? rounds : Math.min(rounds, 10));
    lines.push({
      name: `mailbox: ${query.kind}, p95, against ${name}`,
      unit: 'ms',
      ours: our.p95,
      theirs: theirs.p95,
      better: 'less',
    });
  }
  const sentence = `${query.kind} («${query.text}»): ${String(found)} rows, median ${our.median.toFixed(2)} ms, p95 ${our.p95.toFixed(2)} ms`;
  return { lines, sentence };
}

async function p95(run: () => unknown, rounds: number): Promise<{ readonly median: number; readonly p95: number }> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await timed(run));
  const sorted = [...times].sort((one, other) => one - other);
  return { median: median(times), p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN };
}

async function timed(run: () => unknown): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

const howFar = ({ messages, rounds }: Amount, notmuch: Notmuch | undefined): string =>
  `mailbox: ${String(messages)} messages in 13 languages; each search ${String(rounds)} times, the first ${String(LIMIT)} rows with all that a list shows. ` +
  `Plain SQLite: an unencrypted table by date and FTS5 over it, without folding. ${
    notmuch === undefined ? 'Notmuch is not installed.' : 'Notmuch: its command, which starts anew each time.'
  }`;
