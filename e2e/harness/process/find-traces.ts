import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Where a word was found, and the word with its encoding. */
type Trace = { readonly place: string; readonly word: string };

type Needle = { readonly word: string; readonly octets: Buffer };

/** Read at once; a needle may lie across the end of it. */
const pieceBytes = 8 * 1024 * 1024;

/** Every file under a folder that holds one of these words, as UTF-8 or UTF-16LE. */
export function tracesInFiles(folder: string, words: readonly string[]): Trace[] {
  const needles = needlesOf(words);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap((file) => {
    const path = join(file.parentPath, file.name);
    const content = readFileSync(path);
    return needles
      .filter(({ octets }) => content.includes(octets))
      .map(({ word }) => ({ place: path.slice(folder.length), word }));
  });
}

/**
 * Every readable range of a process's memory that holds one of these words, as UTF-8 or UTF-16LE (Linux, and whoever
 * may trace the process).
 * @throws Error when the memory may not be read
 */
export function tracesInMemory(pid: number, words: readonly string[]): Trace[] {
  const needles = needlesOf(words);
  const program = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  const memory = openMemory(pid);
  try {
    return readableRanges(pid).flatMap(({ from, to, name }) => {
      const found = new Set<string>();
      for (const piece of pieces(memory, { from, to }))
        for (const { word, octets } of needles) if (piece.includes(octets)) found.add(word);
      return [...found].map((word) => ({ place: `memory of ${program} ${name}`.trimEnd(), word }));
    });
  } finally {
    closeSync(memory);
  }
}

/** Octets longer than any needle, so that what begins in one piece is whole in the next. */
const overlapBytes = 1_024;

/** What cannot be read is stepped over page by page. */
const pageBytes = 4_096;

function needlesOf(words: readonly string[]): Needle[] {
  return words.flatMap((word) =>
    (['utf8', 'utf16le'] as const).map((encoding) => ({
      word: `${word} (${encoding})`,
      octets: Buffer.from(word, encoding),
    })),
  );
}

function openMemory(pid: number): number {
  try {
    return openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    throw new Error(
      `The memory of process ${pid} may not be read here, so nothing can be said of what is in it (needs root or CAP_SYS_PTRACE)`,
      { cause: error },
    );
  }
}

type Range = { readonly from: number; readonly to: number; readonly name: string };

function readableRanges(pid: number): Range[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, from, to, name = ''] = /^([0-9a-f]+)-([0-9a-f]+) r\S* \S+ \S+ \S+ *(.*)$/u.exec(line) ?? [];
    if (from === undefined || to === undefined || name === '[vvar]' || name === '[vsyscall]') return [];
    return [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16), name }];
  });
}

/** What can be read of a range, piece by piece: what has gone meanwhile cannot, nor what a device stands behind. */
function* pieces(memory: number, { from, to }: Pick<Range, 'from' | 'to'>): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  let at = from;
  while (at < to) {
    const length = readAt(memory, { buffer, at, length: Math.min(pieceBytes, to - at) });
    if (length > 0) yield buffer.subarray(0, length);
    if (at + length >= to) return;
    at += length > overlapBytes ? length - overlapBytes : pageBytes;
  }
}

function readAt(memory: number, { buffer, at, length }: { buffer: Buffer; at: number; length: number }): number {
  try {
    return readSync(memory, buffer, 0, length, at);
  } catch {
    return 0;
  }
}
