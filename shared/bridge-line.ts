import { transportOf } from './bridge-transport';

const longest = 1_000;
const fingerprint = /^[0-9A-F]{40}$/i;
const parameter = /^[\x21-\x3c\x3e-\x7e]+=[\x21-\x7e]+$/;

/** What a bridge of each transport cannot be reached without: a name and what its value looks like. */
const needed: ReadonlyMap<string, readonly (readonly [string, RegExp, string])[]> = new Map([
  [
    'obfs4',
    [
      ['cert', /^[A-Za-z0-9+/]{2,}={0,2}$/, 'cert=…'],
      ['iat-mode', /^[012]$/, 'iat-mode=0, 1 or 2'],
    ],
  ],
  ['snowflake', []],
  ['meek_lite', [['url', /^https:\/\/[^/?#\s]+/, 'url=https://…']]],
  ['webtunnel', [['url', /^https:\/\/[^/?#\s]+/, 'url=https://…']]],
]);

/** These find their bridge by other means than its fingerprint. */
const withoutFingerprint = ['meek_lite', 'snowflake'];

/**
 * What is wrong with a bridge line, as the end of a sentence; undefined when it is one. A line is an optional
 * transport, an address with a port, the bridge's fingerprint and the transport's parameters. It never holds a line
 * break, so it cannot add another option to tor's configuration.
 */
export const bridgeLineProblem = (line: string): string | undefined => {
  if (/[^\x20-\x7e]/.test(line)) return 'has a character that does not belong in a bridge line';
  return line.length > longest ? 'is too long' : shapeProblem(line);
};

const shapeProblem = (line: string): string | undefined => {
  const transport = transportOf(line);
  const [address = '', ...rest] = line.split(' ').slice(transport === undefined ? 0 : 1);
  if (!isAddress(address)) return notOne;
  const [first] = rest;
  const print = first !== undefined && fingerprint.test(first) ? first : undefined;
  const parameters = rest.slice(print === undefined ? 0 : 1);
  if (parameters.some((part) => !parameter.test(part))) return notOne;
  return transportProblem({ transport: transport ?? '', print, parameters });
};

const notOne = 'does not look like a bridge line (an address with a port, then a fingerprint)';

const isAddress = (text: string): boolean => {
  const [, four, six, port] = /^(?:(\d{1,3}(?:\.\d{1,3}){3})|\[([0-9a-f:.]{2,45})\]):(\d{1,5})$/i.exec(text) ?? [];
  const isPort = Number(port) >= 1 && Number(port) <= 65_535;
  return isPort && (six !== undefined || (four ?? '').split('.').every((part) => Number(part) <= 255));
};

type Parts = { readonly transport: string; readonly print: string | undefined; readonly parameters: readonly string[] };

/** A transport that is not known here is left to tor; a plain bridge needs nothing more. */
const transportProblem = ({ transport, print, parameters }: Parts): string | undefined => {
  const wanted = needed.get(transport);
  if (wanted === undefined) return undefined;
  if (print === undefined && !withoutFingerprint.includes(transport)) return `lacks the bridge's fingerprint`;
  const missing = wanted.find(([name, shape]) => !shape.test(valueOf(parameters, name)));
  return missing === undefined ? undefined : `lacks ${missing[2]}, which ${transport} needs`;
};

const valueOf = (parameters: readonly string[], name: string): string =>
  parameters.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
