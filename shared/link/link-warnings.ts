import { mailboxKey } from '../address/mailbox-of';
import { isMailto } from '../address/mailto-uri';
import { isDoubtfulEnding } from './file-endings';
import { linkEnds } from './link-ends';
import { bareHost, namesSaid, type NameSaid } from './names-said';
import { parseUrl, type ParsedUrl } from './parse-url';
import { saysTarget } from './says-target';

/** What a person should know of a link before they copy it. */
export type LinkWarning = 'other-site' | 'other-address' | 'copies' | 'user-name' | 'foreign-letters' | 'number';

/** Everything about a link that could mislead a person who sees its words. Takes time in proportion to the words. */
export function linkWarnings(words: string, target: string): readonly LinkWarning[] {
  const url = parseUrl(target);
  if (url === undefined) return [];
  const isItself = saysTarget(words, target);
  if (isMailto(target)) return [...(isItself ? [] : ofMail(namesSaid(words), target)), ...ofMailHosts(target)];
  return ofSite(isItself ? [] : namesSaid(words), url);
}

/** Whether the words of a link name another host or another address than it leads to: the oldest trick there is. */
export const namesAnother = (words: string, target: string): boolean =>
  linkWarnings(words, target).some((warning) => warning === 'other-site' || warning === 'other-address');

type Check = readonly [LinkWarning, boolean];
const those = (checks: readonly Check[]): LinkWarning[] =>
  checks.flatMap(([warning, holds]) => (holds ? [warning] : []));

function ofSite(names: readonly NameSaid[], url: ParsedUrl): readonly LinkWarning[] {
  const { hostname, username, password } = url;
  return those([
    ['other-site', names.some((name) => !namesSite(name, url))],
    ['user-name', username !== '' || password !== ''],
    ['foreign-letters', hasForeignLetters(hostname)],
    ['number', /^(?:\[.*\]|\d+(?:\.\d+){3})$/u.test(hostname)],
  ]);
}

function namesSite({ kind, readings }: NameSaid, url: ParsedUrl): boolean {
  const lead = bareHost(url.hostname);
  return readings.some((reading) => {
    const host = kind === 'host' ? reading : reading.slice(reading.lastIndexOf('@') + 1);
    return lead === host || lead.endsWith(`.${host}`) || (kind === 'host' && isFileOf(host, url));
  });
}

/** «readme.md» for a link to a file of that name; for other words `.md` is a top domain. */
const isFileOf = (name: string, { pathname, search }: ParsedUrl): boolean =>
  isDoubtfulEnding(name.slice(name.lastIndexOf('.') + 1)) &&
  [`/${name}`, `=${name}`].some((end) => (pathname + search).toLowerCase().endsWith(end));

function ofMail(names: readonly NameSaid[], target: string): readonly LinkWarning[] {
  const ends = linkEnds(target);
  const all = ends.flatMap((end) => end.names);
  const known = new Set([...all.map(mailboxKey), ...all.map(hostOf)]);
  const said = new Set(names.flatMap(({ kind, readings }) => (kind === 'address' ? readings.map(mailboxKey) : [])));
  const misses = (kind: 'to' | 'copies'): boolean =>
    ends.some((end) => (end.kind === 'to') === (kind === 'to') && !end.names.every((to) => said.has(mailboxKey(to))));
  const isKnown = ({ readings }: NameSaid): boolean => readings.some((reading) => known.has(mailboxKey(reading)));
  return those([
    ['other-address', !names.every(isKnown) || (said.size > 0 && misses('to'))],
    ['copies', misses('copies')],
  ]);
}

function ofMailHosts(target: string): readonly LinkWarning[] {
  const hosts = linkEnds(target).flatMap(({ names }) => names.map(hostOf));
  return those([['foreign-letters', hosts.some(hasForeignLetters)]]);
}

const hasForeignLetters = (host: string): boolean => host.split('.').some((label) => label.startsWith('xn--'));

const hostOf = (address: string): string => bareHost(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
