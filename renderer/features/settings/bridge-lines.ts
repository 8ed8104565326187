import { bridgeLineProblem } from '../../../shared/bridge-line';

/** Bridge lines as typed, and the first problem with each. Line numbers begin at 1. */
export type BridgeLines = {
  readonly lines: readonly string[];
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
};

const MAXIMUM_LINES = 20;

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
    const problem = row === '' ? undefined : bridgeLineProblem(row);
    return problem === undefined ? [] : [{ line: index + 1, problem }];
  });
  if (lines.length > MAXIMUM_LINES)
    problems.push({ line: MAXIMUM_LINES + 1, problem: `use at most ${MAXIMUM_LINES} bridges` });
  return { lines, problems };
};
