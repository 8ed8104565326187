import type { TorStatus, TorWarning } from '../../../shared/tor-status';
import { present } from '../../../shared/present';
import { parseKeywords } from './control-protocol';

/** What tor has told of itself since it was started. */
export type TorNews = {
  /** Bootstrap, per cent. */
  readonly progress: number;
  /** tor's name for where the bootstrap is (control-spec, 5.5). */
  readonly tag: string;
  readonly network: 'up' | 'down';
  readonly warning: TorWarning | undefined;
};

export const noNews: TorNews = { progress: 0, tag: 'starting', network: 'up', warning: undefined };

/** tor's tags in the order of a bootstrap, by their beginnings, in words for people. */
const TAGS: readonly (readonly [string, string])[] = [
  ['starting', 'starting Tor'],
  ['conn_pt', 'connecting to the bridge'],
  ['conn_proxy', 'connecting to the proxy'],
  ['conn', 'connecting to the Tor network'],
  ['handshake', 'agreeing on keys with the Tor network'],
  ['onehop_create', 'asking for the list of relays'],
  ['requesting_status', 'asking for the list of relays'],
  ['loading_status', 'loading the list of relays'],
  ['loading_keys', 'loading the keys of the directory'],
  ['requesting_descriptors', 'asking for details of the relays'],
  ['loading_descriptors', 'loading details of the relays'],
  ['enough_dirinfo', 'knows enough relays, choosing a way'],
  ['ap_conn', 'connecting to the first relay of the way'],
  ['ap_handshake', 'agreeing on keys with the first relay'],
  ['circuit_create', 'building the first way through Tor'],
  ['done', 'connected to the Tor network'],
];

/**
 * Takes one line about the bootstrap, a status event or the answer to GETINFO status/bootstrap-phase, into account.
 * @param options.line what follows the status number, for instance `STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=14
 *   TAG=handshake …`
 * @param options.bridges whether bridges are in use, which then are what cannot be reached
 */
export function withStatusLine(news: TorNews, options: { line: string; bridges: boolean }): TorNews {
  const [kind, severity, action] = options.line.split(' ', 3);
  if (kind === 'NETWORK_LIVENESS') return { ...news, network: severity === 'DOWN' ? 'down' : 'up' };
  if (kind === 'STATUS_GENERAL')
    return action === 'CLOCK_SKEW' && severity === 'WARN' ? { ...news, warning: 'clock-skew' } : news;
  if (kind !== 'STATUS_CLIENT') return news;
  if (action === 'CIRCUIT_ESTABLISHED') return { ...news, warning: undefined, network: 'up' };
  return action === 'BOOTSTRAP' ? withBootstrap(news, options) : news;
}

function withBootstrap(news: TorNews, options: { line: string; bridges: boolean }): TorNews {
  const words = parseKeywords(options.line);
  const progress = Number(words.get('PROGRESS'));
  if (!Number.isInteger(progress) || progress < 0 || progress > 100) return news;
  return {
    ...news,
    progress,
    tag: words.get('TAG') ?? '',
    warning: warningAfter(news, { progress, words, bridges: options.bridges }),
  };
}

/**
 * Failed connections since the last progress after which the person is told. tor itself recommends a warning only after
 * ten, and these can take it minutes.
 */
const FAILURES_TO_TELL = 3;

function warningAfter(
  news: TorNews,
  o: { readonly progress: number; readonly words: ReadonlyMap<string, string>; readonly bridges: boolean },
): TorWarning | undefined {
  if (o.progress === 100) return undefined;
  const failures = Number(o.words.get('COUNT') ?? 0);
  if (o.words.get('RECOMMENDATION') === 'warn' || failures >= FAILURES_TO_TELL)
    return hindrance(news.warning, o.bridges);
  return o.progress > news.progress && news.warning !== 'clock-skew' ? undefined : news.warning;
}

/** A wrong clock explains failing connections, so it is not replaced by them. */
function hindrance(known: TorWarning | undefined, bridges: boolean): TorWarning {
  if (known === 'clock-skew') return known;
  return bridges ? 'bridge-unreachable' : 'cannot-connect';
}

/** What the person sees of a running tor. */
export function statusOf(news: TorNews): TorStatus {
  const summary = TAGS.find(([tag]) => news.tag.startsWith(tag))?.[1] ?? 'connecting to the Tor network';
  const warning = present({ warning: news.warning });
  if (news.network === 'down')
    return { phase: 'no-network', progress: news.progress, summary: 'waiting for the network', ...warning };
  if (news.progress === 100) return { phase: 'online', progress: 100, summary, ...warning };
  return { phase: 'connecting', progress: news.progress, summary, ...warning };
}
