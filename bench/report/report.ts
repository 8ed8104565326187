/** One line of the result. */
export type Measured = {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly theirs: number;
  readonly better: 'more' | 'less';
};

/** A benchmark's result and how it came about. */
export type Section = { readonly lines: readonly Measured[]; readonly how: readonly string[] };

/** The middle value; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The whole report as text: a table, and below it how each benchmark was measured. */
export function reportText(sections: readonly Section[]): string {
  const rows = sections
    .flatMap(({ lines }) => lines)
    .map((line) => [line.name, shown(line.ours, line.unit), shown(line.theirs, line.unit), ratio(line)]);
  const table = [['', 'ours', 'theirs', 'ratio'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const text = table.map(
    ([name = '', ours = '', theirs = '', last = '']) =>
      `${name.padEnd(widths[0] ?? 0)}  ${ours.padStart(widths[1] ?? 0)}  ${theirs.padStart(widths[2] ?? 0)}  ${last}`,
  );
  return [...text, '', ...sections.flatMap(({ how }) => how)].join('\n');
}

function shown(value: number, unit: string): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}

function ratio({ ours, theirs, better }: Measured): string {
  return `${(ours / theirs).toFixed(2)} (${better} is better)`;
}
