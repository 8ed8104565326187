import type { BenchRun } from '../report/bench-run';
import { median, type Measured, type Section } from '../report/report';
import { canRunDovecot, startDovecot, type RunningDovecot } from './dovecot';
import { SOUGHT } from './imap-letters';
import type { ImapPlace } from './imap-place';
import { mbsyncPulls } from './mbsync-pull';
import { RawImap } from './raw-imap';
import { startCore, type RunningCore } from './running-core';

/** Messages in the inbox, unless `--messages` says how many. */
const WHOLE = 10_000;
const LITTLE = 300;
const ROUNDS = 3;
/** With those that are open besides no more than one password may have. */
const SESSIONS = 8;

/** What is asked of both; the last ones change what lies there. */
const COMMANDS: readonly (readonly [name: string, command: string, rounds: number])[] = [
  ['FETCH envelopes', 'FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)', ROUNDS],
  ['FETCH one header field', 'FETCH 1:* (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)])', ROUNDS],
  ['FETCH whole messages', 'FETCH 1:* (UID BODY.PEEK[])', 1],
  ['SEARCH TEXT', `SEARCH TEXT ${SOUGHT}`, ROUNDS],
  ['SORT by subject', 'SORT (SUBJECT) UTF-8 ALL', ROUNDS],
  ['THREAD', 'THREAD REFERENCES UTF-8 ALL', ROUNDS],
  ['STORE of all', String.raw`STORE 1:* +FLAGS.SILENT (\Flagged \Deleted)`, 1],
  ['COPY of all', 'COPY 1:* Copies', 1],
  ['EXPUNGE of all', 'EXPUNGE', 1],
];

/** What a program waits for from the IMAP server, against Dovecot with a Maildir of the same messages. */
export async function benchImap({ say, small, messages: asked }: BenchRun): Promise<Section> {
  const messages = asked ?? (small ? LITTLE : WHOLE);
  if (!canRunDovecot)
    return {
      lines: [],
      how: ['imap: left out, because Dovecot runs for root only, or because dovecot-imapd or isync is not installed.'],
    };
  say(`imap: storing ${String(messages)} messages`);
  const core = await startCore(messages);
  try {
    const dovecot = await startDovecot(messages);
    try {
      return await measureBoth({ core, dovecot, messages, say });
    } finally {
      await dovecot.stop();
    }
  } finally {
    await core.stop();
  }
}

type Both = {
  readonly core: RunningCore;
  readonly dovecot: RunningDovecot;
  readonly messages: number;
  readonly say: (text: string) => void;
};

async function measureBoth({ core, dovecot, messages, say }: Both): Promise<Section> {
  const lines: Measured[] = [];
  const stills: string[] = [];
  const add = async (name: string, measured: { ours: number; theirs: number }): Promise<void> => {
    const { stillMs } = await core.state();
    stills.push(`${name} ${stillMs.toFixed(0)} ms`);
    say(
      `imap, ${name}: ${measured.ours.toFixed(1)} ms; Dovecot ${measured.theirs.toFixed(1)} ms; still ${stillMs.toFixed(0)} ms`,
    );
    lines.push({ name: `imap: ${name}`, unit: 'ms', better: 'less', ...measured });
  };
  await core.state();
  await add('SELECT with QRESYNC', { ours: await resync(core), theirs: await resync(dovecot) });
  const [our, their] = [await mbsyncPulls(core, messages), await mbsyncPulls(dovecot, messages)];
  await add('mbsync, first pull', { ours: our.first, theirs: their.first });
  await add('mbsync, nothing new', { ours: our.second, theirs: their.second });
  const memory = await sessionMemory({ core, dovecot });
  const [ours, theirs] = [await selected(core), await selected(dovecot)];
  for (const client of [ours, theirs]) await client.run('CREATE Copies');
  for (const [name, command, rounds] of COMMANDS)
    await add(name, { ours: await times(ours, command, rounds), theirs: await times(theirs, command, rounds) });
  for (const client of [ours, theirs]) client.end();
  return { lines: [...lines, memory], how: explanation(messages, stills) };
}

async function times(client: RawImap, command: string, rounds: number): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push(await client.timed(command));
  return median(all);
}

async function selected(place: ImapPlace): Promise<RawImap> {
  const client = await RawImap.logIn(place);
  await client.run('SELECT INBOX');
  return client;
}

/** Nothing changed since: what a program sees each time that it opens a mailbox. */
async function resync(place: ImapPlace): Promise<number> {
  const client = await RawImap.logIn(place);
  await client.run('ENABLE QRESYNC');
  const told = (await client.run('SELECT INBOX')).toString('latin1');
  const [, validity = '1'] = /UIDVALIDITY (\d+)/u.exec(told) ?? [];
  const [, modseq = '1'] = /HIGHESTMODSEQ (\d+)/u.exec(told) ?? [];
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await client.run('UNSELECT');
    all.push(await client.timed(`SELECT INBOX (QRESYNC (${validity} ${modseq}))`));
  }
  client.end();
  return median(all);
}

/** What one more session costs that has a mailbox open and knows all flags in it. */
async function sessionMemory({ core, dovecot }: Pick<Both, 'core' | 'dovecot'>): Promise<Measured> {
  const open = async (place: ImapPlace, count: number): Promise<RawImap[]> => {
    const clients: RawImap[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = await selected(place);
      await client.run('FETCH 1:* (UID FLAGS)');
      clients.push(client);
    }
    return clients;
  };
  const warm = await open(core, 1);
  const before = (await core.state()).octets;
  const ours = await open(core, SESSIONS);
  const grown = Math.max(0, (await core.state()).octets - before);
  const theirs = await open(dovecot, SESSIONS);
  const octets = dovecot.sessionOctets();
  for (const client of [...warm, ...ours, ...theirs]) client.end();
  const each = (sum: number): number => sum / SESSIONS / 1_024;
  return { name: 'imap: memory of a session', unit: 'KiB', ours: each(grown), theirs: each(octets), better: 'less' };
}

const explanation = (messages: number, stills: readonly string[]): string[] => [
  `imap: ${String(messages)} messages in one mailbox, by one client that reads as fast as octets come; Dovecot has a Maildir of the`,
  '  same octets, indexed by the first command. Medians of three where nothing is changed. Posthorn writes encrypted and synchronously.',
  `  Posthorn’s core stood still at most (any cause, also other programs on this machine): ${stills.join(', ')}.`,
];
