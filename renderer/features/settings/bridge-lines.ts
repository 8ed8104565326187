/** Bridge lines as typed, and the first problem with each. Line numbers begin at 1. */
export type BridgeLines = {
  readonly lines: readonly string[];
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
};

const MAXIMUM_LINES = 20;
const address = String.raw`(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):\d{1,5}`;
const BRIDGE_LINE = new RegExp(
  String.raw`^([a-z][a-z0-9_]* )?${address}( [0-9A-F]{40})?( [\x21-\x7e]+=[\x21-\x7e]+)*$`,
  'i',
);

/** Reads a text area with one bridge line per row, as the Tor Project hands them out; a leading `Bridge` is dropped. */
export const parseBridgeLines = (text: string): BridgeLines => {
  const rows = text.split('\n').map((row) =>
    row
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/^bridge /i, ''),
  );
  const lines = rows.filter((row) => row !== '');
  const problems = rows.flatMap((row, index) => {
    const problem = row === '' ? undefined : bridgeProblem(row);
    return problem === undefined ? [] : [{ line: index + 1, problem }];
  });
  if (lines.length > MAXIMUM_LINES)
    problems.push({ line: MAXIMUM_LINES + 1, problem: `use at most ${MAXIMUM_LINES} bridges` });
  return { lines, problems };
};

const bridgeProblem = (row: string): string | undefined => {
  if (/[^\x20-\x7e]/.test(row)) return 'has a character that does not belong in a bridge line';
  if (row.length > 1_000) return 'is too long';
  if (!BRIDGE_LINE.test(row)) return 'does not look like a bridge line (an address with a port, then a fingerprint)';
  return undefined;
};
