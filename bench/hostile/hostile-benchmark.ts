import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  hostileEncodings,
  hostileLetter,
  hostileShapes,
  type HostileLetter,
} from '../../electron/core/mime/testing/hostile-letter';
import type { BenchRun } from '../report/bench-run';
import type { Section } from '../report/report';
import { LetterReader, type Reading } from './letter-reader';
import { readByPython } from './python-email';

const MIB = 1024 * 1024;
const TYPES = ['text/plain; format=flowed', 'text/html', 'image/png'];
const SIZES = [MIB, 2 * MIB, 4 * MIB];
const LITTLE_SIZES = SIZES.map((size) => size / 32);
/** The least of these counts: other programs want the processors, too. */
const ROUNDS = 3;
/** Milliseconds below which growth is chance. */
const CHANCE_MS = 20;

type Case = Omit<HostileLetter, 'size'> & { readonly name: string };
type Row = Case & { readonly readings: readonly Reading[]; readonly pythonMs: number };

/**
 * Letters that are made to be hard to read, at 1, 2 and 4 MiB, in each encoding and type: Posthorn's reading on its
 * thread against Python's email and html packages on the same octets of 1 MiB; and a file of 25 MiB.
 */
export async function benchHostile({ say, small }: BenchRun): Promise<Section> {
  const scratch = mkdtempSync(join(tmpdir(), 'posthorn-hostile-'));
  const reader = new LetterReader();
  const sizes = small ? LITTLE_SIZES : SIZES;
  try {
    const rows: Row[] = [];
    for (const each of casesOf(small)) {
      const row = await measure(each, { reader, sizes, file: join(scratch, 'letter') });
      say(`hostile, ${rowText(row).trim()}`);
      rows.push(row);
    }
    const file = await measure(fileCase, { reader, sizes: [small ? MIB : 25 * MIB], file: join(scratch, 'letter') });
    return summary({ rows, file, sizes });
  } finally {
    await reader.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const fileCase: Case = { name: 'a file', shape: 'any octets ', type: 'application/pdf', encoding: 'base64' };

function casesOf(small: boolean): Case[] {
  const shapes = Object.entries(hostileShapes).slice(0, small ? 3 : undefined);
  const bodies = shapes.flatMap(([name, shape]) =>
    TYPES.flatMap((type) => hostileEncodings.map((encoding): Case => ({ name, shape, type, encoding }))),
  );
  const parts = TYPES.map((type): Case => ({
    name: '490 parts',
    shape: 'word ',
    type,
    encoding: 'quoted-printable',
    isInParts: true,
  }));
  return [...bodies, ...parts];
}

type Measuring = { readonly reader: LetterReader; readonly sizes: readonly number[]; readonly file: string };

async function measure(each: Case, { reader, sizes, file }: Measuring): Promise<Row> {
  const readings: Reading[] = [];
  for (const size of sizes) {
    const letter = hostileLetter({ ...each, size });
    if (size === sizes[0]) writeFileSync(file, letter);
    const rounds: Reading[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await reader.read(letter));
    readings.push(least(rounds));
  }
  return { ...each, readings, pythonMs: readByPython(file) };
}

const least = (rounds: readonly Reading[]): Reading => ({
  ms: Math.min(...rounds.map(({ ms }) => ms)),
  stillMs: Math.min(...rounds.map(({ stillMs }) => stillMs)),
  peakBytes: Math.max(...rounds.map(({ peakBytes }) => peakBytes)),
});

/** The largest growth at a doubling. */
function growthOf({ readings }: Row): number {
  const times = readings.map(({ ms }) => Math.max(ms, CHANCE_MS));
  return Math.max(1, ...times.slice(1).map((ms, index) => ms / (times[index] ?? ms)));
}

function rowText(row: Row): string {
  const times = row.readings.map(({ ms }) => ms.toFixed(0).padStart(6)).join('');
  const still = Math.max(...row.readings.map(({ stillMs }) => stillMs));
  const peak = Math.max(...row.readings.map(({ peakBytes }) => peakBytes)) / MIB;
  const type = row.type.replace(/;.*/, '');
  return `${row.name.padEnd(31)} ${row.encoding.padEnd(16)} ${type.padEnd(15)}${times} ${growthOf(row).toFixed(2).padStart(6)} ${still.toFixed(0).padStart(6)} ${peak.toFixed(0).padStart(6)} ${row.pythonMs.toFixed(0).padStart(8)}`;
}

const HEAD = `${'shape'.padEnd(31)} ${'encoding'.padEnd(16)} ${'type'.padEnd(15)}${'ms at 1, 2, 4 MiB'.padStart(18)} growth  still    MiB   Python`;

function summary({ rows, file, sizes }: { rows: readonly Row[]; file: Row; sizes: readonly number[] }): Section {
  const first = (row: Row): number => row.readings[0]?.ms ?? 0;
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const size = `${((sizes[0] ?? 0) / MIB).toString()} MiB`;
  return {
    lines: [
      {
        name: `read ${String(rows.length)} hostile letters of ${size}`,
        unit: 'ms',
        ours: sum(rows.map(first)),
        theirs: sum(rows.map(({ pythonMs }) => pythonMs)),
        better: 'less',
      },
      {
        name: `read the worst of them`,
        unit: 'ms',
        ours: Math.max(...rows.map(first)),
        theirs: Math.max(...rows.map(({ pythonMs }) => pythonMs)),
        better: 'less',
      },
      { name: 'read a letter with a large file', unit: 'ms', ours: first(file), theirs: file.pythonMs, better: 'less' },
    ],
    how: [
      'hostile: Posthorn reads on a thread of its own, Python 3 with its email and html packages, for 20 s at most.',
      'Growth is the largest at a doubling, counted from 20 ms; «still» is how long the asking thread stood still at most',
      '(ms), MiB the most that the whole process held.',
      HEAD,
      ...[...rows].sort((one, other) => growthOf(other) - growthOf(one)).map(rowText),
      rowText(file),
      `The largest growth: ${Math.max(...rows.map(growthOf)).toFixed(2)}.`,
    ],
  };
}
