import { isFileEnding } from './file-endings';
import { parseUrl } from './parse-url';

/**
 * A host or an address that words name. Where it begins and ends is not always sure (in some scripts no blank parts
 * words, in some languages an ending follows a hyphen), so there are readings: it is what any of them is.
 */
export type NameSaid = {
  readonly kind: 'host' | 'address';
  /** Hosts in ASCII, in small letters; addresses as they were written. */
  readonly readings: readonly string[];
};

/** Scripts whose words no blank parts. */
const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\u30fc]+/u;
/** What may stand in a name before `@`, hosts among it. */
const CHUNK = /[\p{L}\p{N}\p{M}._!$%&'*+=^`{|}~-]+/gu;
const HOST_RUN = /[\p{L}\p{N}\p{M}._-]+/gu;
/** A path, a query, a port: names in it are no hosts. Signs beyond ASCII end it. */
const REST = /(?::\d{1,5})?(?:[/\\?#](?:[!-~]|[^\u0000-\u007f\s\p{P}\p{S}])*)?/uy;
/** Up to the path: who logs in, the host, the port. */
const AUTHORITY = /(?:[!-.0-;=@-[\]-~]|[^\u0000-\u007f\s\p{P}\p{S}])*/uy;
const LONGEST = 300;
/** No person reads further; words without end would hold the window. */
const MOST_CHARACTERS = 50_000;
const MOST_NAMES = 1_000;

/**
 * All hosts and addresses that the words of a link name, however they stand in their sentence. Takes time in
 * proportion to the words, of which no more is read than a person reads.
 */
export function namesSaid(words: string): NameSaid[] {
  const names: NameSaid[] = [];
  for (const word of readable(words.slice(0, MOST_CHARACTERS)).split(/[\s<>"]+/u)) {
    if (names.length >= MOST_NAMES) break;
    names.push(...namesInWord(word));
  }
  return names;
}

/** As a person sees it: without what has no width, with the full stops of all scripts. */
const readable = (words: string): string =>
  words
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(
      /(?<=[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[。｡](?=[\p{L}\p{N}])(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/gu,
      '.',
    );

function namesInWord(word: string): NameSaid[] {
  const names: NameSaid[] = [];
  const chunks = new RegExp(CHUNK);
  for (let chunk = chunks.exec(word); chunk && names.length < MOST_NAMES; chunk = chunks.exec(word)) {
    const { found, to } = read(word, { from: chunk.index, to: chunks.lastIndex });
    names.push(...found);
    chunks.lastIndex = to;
  }
  return names;
}

type Place = { readonly from: number; readonly to: number };
type Found = { readonly found: readonly NameSaid[]; readonly to: number };

function read(word: string, { from, to }: Place): Found {
  if (/[/\\]{2}/u.test(word.slice(Math.max(0, from - 2), from))) return readAuthority(word, from);
  if (word[to] === '@') return readAddress(word, { from, to });
  const found = hostsIn(word.slice(from, to));
  return { found, to: found.length > 0 ? matchEnd(REST, word, to) : to };
}

/** Behind two slashes all names count: what stands before an `@` is taken for the host by whoever reads it. */
function readAuthority(word: string, from: number): Found {
  const end = matchEnd(AUTHORITY, word, from);
  const authority = word.slice(from, end);
  const at = authority.lastIndexOf('@');
  const [host = ''] = authority.slice(at + 1).split(':', 1);
  const hasScheme = /[a-z]:[/\\]{2}$/iu.test(word.slice(Math.max(0, from - 4), from));
  const found = hasScheme ? hostNames(host, () => true) : hostsIn(host);
  return { found: [...hostsIn(authority.slice(0, Math.max(0, at))), ...found], to: matchEnd(REST, word, end) };
}

function readAddress(word: string, { from, to }: Place): Found {
  const runs = new RegExp(HOST_RUN);
  runs.lastIndex = to + 1;
  const run = runs.exec(word);
  if (run?.index !== to + 1) return { found: [], to: to + 1 };
  const locals = [word.slice(from, to), word.slice(from, to).split(WITHOUT_BLANKS).at(-1) ?? ''];
  const domains = hostNames(run[0], () => true).flatMap(({ readings }) => readings);
  const readings = locals.flatMap((local) =>
    [local, withoutSigns(local)].flatMap((one) => domains.map((domain) => `${one}@${domain}`)),
  );
  // What stands before an `@` that is followed by another one is read again with it.
  const next = word[runs.lastIndex] === '@' ? to + 1 : runs.lastIndex;
  return { found: [{ kind: 'address', readings }], to: next };
}

const withoutSigns = (local: string): string => local.replace(/^[^\p{L}\p{N}]+/u, '');

function matchEnd(pattern: RegExp, text: string, from: number): number {
  const sticky = new RegExp(pattern);
  sticky.lastIndex = from;
  return from + (sticky.exec(text)?.[0].length ?? 0);
}

const hostsIn = (text: string): NameSaid[] =>
  (text.match(HOST_RUN) ?? []).flatMap((run) => hostNames(run, looksLikeHost));

/** A run can hold several, with words of other scripts or dots between them. */
function hostNames(run: string, isHost: (name: string) => boolean): NameSaid[] {
  return run.split(/\.{2,}/u).flatMap((piece) => {
    const whole = trimmed(piece);
    const parts = whole.split(WITHOUT_BLANKS).map(trimmed);
    const inParts = parts.filter((part) => part.includes('.'));
    return (inParts.length > 0 ? inParts : [whole]).flatMap((name) => {
      const readings = [...new Set([name, whole, withoutEnding(name)])].filter(isHost).flatMap(asciiHost);
      return readings.length > 0 ? [{ kind: 'host' as const, readings }] : [];
    });
  });
}

/** Hungarian, Finnish, German: «a.example-ról»; no top domain has a hyphen but in its ASCII form. */
const withoutEnding = (name: string): string =>
  name.length > LONGEST ? name : name.replace(/(?<!\.xn-?)-[^.]*$/iu, '');

/** Cuts from both ends what no host begins or ends with. */
function trimmed(name: string): string {
  let from = 0;
  let to = name.length;
  while (from < to && '._-'.includes(name.charAt(from))) from += 1;
  while (to > from && '._-'.includes(name.charAt(to - 1))) to -= 1;
  return name.slice(from, to);
}

/** Whether people take it for a host: not `v1.2`, `e.g.` or `report.pdf`. */
function looksLikeHost(name: string): boolean {
  if (name.length > LONGEST || !name.includes('.')) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/u.test(name) || /^www\./iu.test(name)) return true;
  const last = name.slice(name.lastIndexOf('.') + 1);
  return /^(?:[\p{L}\p{M}]{2,}|xn--.+)$/iu.test(last) && !isFileEnding(last);
}

function asciiHost(name: string): string[] {
  const host = name.length > LONGEST ? undefined : parseUrl(`https://${name}`)?.hostname;
  return host === undefined || host === '' ? [] : [bareHost(host)];
}

/** A host without what changes nothing for people: `www.`, and the dot of the root. */
export const bareHost = (hostname: string): string => hostname.replace(/^www\./u, '').replace(/\.$/u, '');
