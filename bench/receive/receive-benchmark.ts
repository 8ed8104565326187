import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median, type Section } from '../report/report';
import { canRunPostfix, startPostfix } from './postfix';
import { sealMail, type SealedMail } from './sealed-mail';
import { sendLoad } from './smtp-load';

const MEASURED = 400;
/** Sent first and not measured: compilers and processes are awake then. */
const WARM_UP = 40;
/** From the project's folder, as everything that `npm run bench` starts. */
const program = resolve('dist/bench/receiver.cjs');
const ROUNDS = 3;
const TMPFS = 0x0102_1994;

type Rates = { readonly ours: number; readonly answered: number; readonly delivered: number };

/** Durable receiving: Posthorn's SMTP listener against Postfix delivering to a maildir with fsync. */
export async function benchReceive(say: (text: string) => void): Promise<Section> {
  if (!canRunPostfix) return { lines: [], how: ['receive: left out, because Postfix runs for root only.'] };
  say(`sealing ${WARM_UP + MEASURED} messages`);
  const mail = await sealMail(WARM_UP + MEASURED);
  try {
    const lines = [];
    for (const connections of [1, 16]) lines.push(...(await measure(mail, { connections, say })));
    return { lines, how: explanation(mail) };
  } finally {
    rmSync(mail.profile, { recursive: true, force: true });
  }
}

async function measure(
  mail: SealedMail,
  { connections, say }: { connections: number; say: (text: string) => void },
): Promise<Section['lines']> {
  const load = connections === 1 ? '1 connection' : `${connections} connections`;
  const rounds: Rates[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const ours = await intoPosthorn(mail, connections);
    const { answered, delivered } = await intoPostfix(mail, connections);
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

async function intoPosthorn(mail: SealedMail, connections: number): Promise<number> {
  const profile = mkdtempSync(join(tmpdir(), 'posthorn-bench-'));
  cpSync(mail.profile, profile, { recursive: true });
  const core = fork(program, [profile], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(core, 'exit');
  try {
    const [{ port }] = (await once(core, 'message')) as [{ port: number }];
    const load = { port, from: mail.from, to: mail.to, connections };
    await sendLoad({ ...load, messages: mail.messages.slice(0, WARM_UP) });
    return perSecond(await sendLoad({ ...load, messages: mail.messages.slice(WARM_UP) }));
  } finally {
    core.kill();
    await exited;
    rmSync(profile, { recursive: true, force: true });
  }
}

async function intoPostfix(mail: SealedMail, connections: number): Promise<{ answered: number; delivered: number }> {
  const postfix = await startPostfix(mail.to);
  try {
    const load = { port: postfix.port, from: mail.from, to: mail.to, connections };
    const warm = postfix.delivered(WARM_UP);
    await sendLoad({ ...load, messages: mail.messages.slice(0, WARM_UP) });
    await warm;
    const delivered = postfix.delivered(MEASURED);
    const start = performance.now();
    const answered = perSecond(await sendLoad({ ...load, messages: mail.messages.slice(WARM_UP) }));
    await delivered;
    return { answered, delivered: perSecond(performance.now() - start) };
  } finally {
    await postfix.stop();
  }
}

function perSecond(milliseconds: number): number {
  return MEASURED / (milliseconds / 1000);
}

function explanation({ messages }: SealedMail): string[] {
  const size = median(messages.map(({ length }) => length));
  const disk =
    statfsSync(tmpdir()).type === TMPFS
      ? 'a file system in memory, where fsync costs nothing'
      : 'a file system on a disk';
  return [
    `SMTP: ${MEASURED} sealed messages of ${size} octets from one client over loopback, ${WARM_UP} more before them to warm up, in turns, median`,
    `  of ${ROUNDS} rounds, on ${disk}. Posthorn (its core under Node) says 250 after it decrypted, verified and committed`,
    '  (synchronous=FULL); Postfix after its queue file is on the disk («answered»), and then it delivers to a maildir with fsync',
    '  («delivered»); it decrypts nothing.',
  ];
}
