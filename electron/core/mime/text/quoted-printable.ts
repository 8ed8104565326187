const SPACE = 0x20;
const TAB = 0x09;
const CR = 0x0d;
const LF = 0x0a;
const EQUALS = 0x3d;

type Scan = {
  readonly from: Uint8Array;
  readonly into: Uint8Array;
  at: number;
  end: number;
  /** Octets of `into` that are no white space at the end of a line, which programs on the way may have added. */
  kept: number;
};

/** The octets that quoted-printable stands for (RFC 2045 6.7). An `=` that begins nothing is taken as it stands. */
export function readQuotedPrintable(from: Uint8Array): Uint8Array {
  const scan: Scan = { from, into: new Uint8Array(from.length), at: 0, end: 0, kept: 0 };
  while (scan.at < from.length) {
    const octet = from[scan.at] as number;
    if (octet === EQUALS) readEscape(scan);
    else if (octet === CR || octet === LF) endLine(scan, octet);
    else put(scan, octet, octet !== SPACE && octet !== TAB);
  }
  return scan.into.subarray(0, scan.kept);
}

function put(scan: Scan, octet: number, isKept: boolean): void {
  scan.into[scan.end] = octet;
  scan.end += 1;
  scan.at += 1;
  if (isKept) scan.kept = scan.end;
}

function endLine(scan: Scan, octet: number): void {
  scan.end = scan.kept;
  put(scan, octet, true);
}

function readEscape(scan: Scan): void {
  const { from, at } = scan;
  const high = hexDigit(from[at + 1]);
  const low = hexDigit(from[at + 2]);
  if (high >= 0 && low >= 0) {
    scan.at += 2;
    put(scan, high * 16 + low, true);
    return;
  }
  const next = softBreakEnd(from, at + 1);
  if (next === undefined) {
    put(scan, EQUALS, true);
    return;
  }
  // White space before a soft break is part of the text.
  scan.kept = scan.end;
  scan.at = next;
}

/** Where the next line begins when nothing but white space stands before it. */
function softBreakEnd(from: Uint8Array, start: number): number | undefined {
  let at = start;
  while (from[at] === SPACE || from[at] === TAB) at += 1;
  if (at >= from.length) return at;
  if (from[at] === CR) return from[at + 1] === LF ? at + 2 : at + 1;
  return from[at] === LF ? at + 1 : undefined;
}

function hexDigit(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  const letter = octet | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
