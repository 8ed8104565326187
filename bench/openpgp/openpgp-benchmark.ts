import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { electronProgram } from '../../e2e/harness/window/electron-program';
import type { BenchRun } from '../report/bench-run';
import { median, type Section } from '../report/report';
import { openGnupg, type Gnupg } from './gnupg';
import type { OpenpgpAnswer, OpenpgpCall } from './openpgp-call';

const MIB = 1024 * 1024;
type Amount = { readonly mebibytes: number; readonly rounds: number };
const whole: Amount = { mebibytes: 25, rounds: 3 };
const little: Amount = { mebibytes: 1, rounds: 1 };
/** From the project's folder, as everything that `npm run bench` starts. */
const program = resolve('dist/bench/openpgp-process.cjs');
const passphrase = 'only for this benchmark';

type Times = { readonly sealMs: number; readonly openMs: number };

/** Seal and open 25 MiB: Posthorn's OpenPGP, in Electron and under Node, against GnuPG with the same kind of key. */
export async function benchOpenpgp({ say, small }: BenchRun): Promise<Section> {
  const amount = small ? little : whole;
  const scratch = mkdtempSync(join(tmpdir(), 'posthorn-openpgp-'));
  const gnupg = openGnupg(passphrase);
  const plain = join(scratch, 'plain');
  writeFileSync(plain, randomBytes(amount.mebibytes * MIB));
  const runtimes = [
    ['in Electron', start(await electronProgram(), { ELECTRON_RUN_AS_NODE: '1' })],
    ['under Node', start(process.execPath, {})],
  ] as const;
  try {
    const fingerprint = await shareKey(runtimes[0][1], { gnupg, scratch });
    const ours: Record<string, Times[]> = {};
    const theirs: Times[] = [];
    // The first round wakes everything and is not counted.
    for (let round = 0; round <= amount.rounds; round += 1) {
      for (const [name, child] of runtimes) {
        const times = await sealAndOpen(child, { plain, sealed: join(scratch, 'ours') });
        say(
          `openpgp, round ${round}, ${name}: sealed in ${times.sealMs.toFixed(0)} ms, opened in ${times.openMs.toFixed(0)} ms`,
        );
        if (round > 0) (ours[name] ??= []).push(times);
      }
      const times = await byGnupg(gnupg, { plain, sealed: join(scratch, 'theirs'), fingerprint });
      say(
        `openpgp, round ${round}, gpg: sealed in ${times.sealMs.toFixed(0)} ms, opened in ${times.openMs.toFixed(0)} ms`,
      );
      if (round > 0) theirs.push(times);
    }
    return summary(amount, { ours, theirs });
  } finally {
    for (const [, child] of runtimes) child.disconnect();
    await gnupg.remove();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function start(execPath: string, env: Record<string, string>): ChildProcess {
  return fork(program, [], {
    execPath,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

async function ask(child: ChildProcess, call: OpenpgpCall): Promise<OpenpgpAnswer> {
  const answered = once(child, 'message');
  child.send(call);
  const [answer] = (await answered) as [OpenpgpAnswer];
  if (answer.done === 'failed') throw new Error(answer.message);
  return answer;
}

/** GnuPG gets one of our keys, so that both compute on the same curves. */
async function shareKey(child: ChildProcess, { gnupg, scratch }: { gnupg: Gnupg; scratch: string }): Promise<string> {
  const secretKeyFile = join(scratch, 'key.asc');
  const answer = await ask(child, { do: 'export', secretKeyFile, passphrase });
  await gnupg.run(['--import', secretKeyFile]);
  return answer.done === 'export' ? answer.fingerprint : '';
}

async function sealAndOpen(child: ChildProcess, { plain, sealed }: { plain: string; sealed: string }): Promise<Times> {
  const answer = await ask(child, { do: 'seal-and-open', plainFile: plain, sealedFile: sealed });
  if (answer.done !== 'seal-and-open' || !readFileSync(plain).equals(readFileSync(`${sealed}.opened`)))
    throw new Error('What was opened is not what was sealed');
  return answer;
}

async function byGnupg(
  gnupg: Gnupg,
  { plain, sealed, fingerprint }: { plain: string; sealed: string; fingerprint: string },
): Promise<Times> {
  const begin = performance.now();
  const profile = ['--compress-algo', 'none', '--cipher-algo', 'AES256', '--digest-algo', 'SHA512', '--armor'];
  await gnupg.run([
    ...profile,
    '--sign',
    '--encrypt',
    '--local-user',
    fingerprint,
    '--recipient',
    fingerprint,
    '--output',
    sealed,
    plain,
  ]);
  const between = performance.now();
  await gnupg.run(['--decrypt', '--output', `${sealed}.opened`, sealed]);
  return { sealMs: between - begin, openMs: performance.now() - between };
}

function summary(
  { mebibytes, rounds }: Amount,
  { ours, theirs }: { readonly ours: Readonly<Record<string, Times[]>>; readonly theirs: readonly Times[] },
): Section {
  const middle = (times: readonly Times[], key: keyof Times): number => median(times.map((one) => one[key]));
  const lines = Object.entries(ours).flatMap(([name, times]) =>
    (
      [
        ['seal', 'sealMs'],
        ['open', 'openMs'],
      ] as const
    ).map(
      ([verb, key]) =>
        ({
          name: `OpenPGP ${verb} ${mebibytes} MiB, ${name}`,
          unit: 'ms',
          ours: middle(times, key),
          theirs: middle(theirs, key),
          better: 'less',
        }) as const,
    ),
  );
  const how = [
    `OpenPGP: file to file, ${mebibytes} MiB of random octets, sign and encrypt to one key, armored, AES-256, no compression; open means decrypt and`,
    `  verify. Against gpg with the same key, its start included, in turns, median of ${rounds} rounds after one to warm up.`,
  ];
  return { lines, how };
}
