import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchRun } from '../report/bench-run';
import { median, type Section } from '../report/report';
import { canRunPostfix, startPostfix } from './postfix';
import { sealMail, type SealedMail } from './sealed-mail';
import type { LocalDoor } from '../../electron/core/ports/local-server';
import { sendLoad } from './smtp-load';

/** `warmUp`: sent first and not measured; compilers and processes are awake then. */
type Amount = {
  readonly measured: number;
  readonly warmUp: number;
  readonly rounds: number;
  readonly connections: readonly number[];
};
const whole: Amount = { measured: 400, warmUp: 40, rounds: 3, connections: [1, 16] };
/** More than one connection may bring. */
const little: Amount = { measured: 110, warmUp: 4, rounds: 1, connections: [1] };
/** From the project's folder, as everything that `npm run bench` starts. */
const program = resolve('dist/bench/receiver.cjs');
const TMPFS = 0x0102_1994;

type Rates = { readonly ours: number; readonly answered: number; readonly delivered: number };

/** Durable receiving: Posthorn's SMTP listener against Postfix delivering to a maildir with fsync. */
export async function benchReceive({ say, small }: BenchRun): Promise<Section> {
  const amount = small ? little : whole;
  if (!canRunPostfix) return { lines: [], how: ['receive: left out, because Postfix runs for root only.'] };
  const count = amount.warmUp + amount.measured;
  say(`sealing ${count} messages`);
  const mail = await sealMail(count);
  try {
    const lines = [];
    for (const connections of amount.connections) lines.push(...(await measure({ mail, amount, connections }, say)));
    return { lines, how: explanation(mail, amount) };
  } finally {
    rmSync(mail.profile, { recursive: true, force: true });
  }
}

type Measurement = { readonly mail: SealedMail; readonly amount: Amount; readonly connections: number };

async function measure(measurement: Measurement, say: (text: string) => void): Promise<Section['lines']> {
  const { connections, amount } = measurement;
  const load = connections === 1 ? '1 connection' : `${connections} connections`;
  const rounds: Rates[] = [];
  for (let round = 1; round <= amount.rounds; round += 1) {
    const ours = await intoPosthorn(measurement);
    const { answered, delivered } = await intoPostfix(measurement);
    say(
      `receive, ${load}, round ${round}: ${ours.toFixed(0)}/s; Postfix ${answered.toFixed(0)}/s, delivered ${delivered.toFixed(0)}/s`,
    );
    rounds.push({ ours, answered, delivered });
  }
  const ours = median(rounds.map((round) => round.ours));
  const line = (name: string, theirs: number) => ({ name, unit: 'msg/s', ours, theirs, better: 'more' }) as const;
  return [
    line(`SMTP, ${load}: stored / answered`, median(rounds.map((round) => round.answered))),
    line(`SMTP, ${load}: stored / delivered`, median(rounds.map((round) => round.delivered))),
  ];
}

async function intoPosthorn({ mail, amount, connections }: Measurement): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'posthorn-bench-'));
  cpSync(mail.profile, profile, { recursive: true });
  const core = fork(program, [profile], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(core, 'exit');
  try {
    const [{ door }] = (await once(core, 'message')) as [{ door: LocalDoor }];
    const load = { door, from: mail.from, to: mail.to, connections };
    await sendLoad({ ...load, messages: mail.messages.slice(0, amount.warmUp) });
    return perSecond(amount, await sendLoad({ ...load, messages: mail.messages.slice(amount.warmUp) }));
  } finally {
    core.kill();
    await exited;
    rmSync(profile, { recursive: true, force: true });
  }
}

async function intoPostfix(o: Measurement): Promise<{ answered: number; delivered: number }> {
  const { mail, amount, connections } = o;
  const postfix = await startPostfix(mail.to);
  try {
    const load = { door: postfix.port, from: mail.from, to: mail.to, connections };
    const warm = postfix.delivered(amount.warmUp);
    await sendLoad({ ...load, messages: mail.messages.slice(0, amount.warmUp) });
    await warm;
    const delivered = postfix.delivered(amount.measured);
    const start = performance.now();
    const answered = perSecond(amount, await sendLoad({ ...load, messages: mail.messages.slice(amount.warmUp) }));
    await delivered;
    return { answered, delivered: perSecond(amount, performance.now() - start) };
  } finally {
    await postfix.stop();
  }
}

function perSecond({ measured }: Amount, milliseconds: number): number {
  return measured / (milliseconds / 1000);
}

function explanation({ messages }: SealedMail, { measured, warmUp, rounds }: Amount): string[] {
  const size = median(messages.map(({ length }) => length));
  const disk =
    statfsSync(tmpdir()).type === TMPFS
      ? 'a file system in memory, where fsync costs nothing'
      : 'a file system on a disk';
  return [
    `SMTP: ${measured} sealed messages of ${size} octets from one client over loopback, ${warmUp} more before them to warm up, in turns, median`,
    `  of ${rounds} rounds, on ${disk}. Posthorn (its core under Node) says 250 after it decrypted, verified and committed`,
    '  (synchronous=FULL); Postfix after its queue file is on the disk («answered»), and then it delivers to a maildir with fsync',
    '  («delivered»); it decrypts nothing.',
  ];
}
