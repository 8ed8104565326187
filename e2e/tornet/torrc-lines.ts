import type { AuthorityKeys } from './authority-keys';

/** One authority: its keys and where it listens on 127.0.0.1. */
export type AuthorityPlace = { key: AuthorityKeys; nickname: string; orPort: number; dirPort: number };

/**
 * Seconds: the first vote ends at a multiple of `interval` of wall-clock time; `delay` is for its votes, and again for
 * its signatures.
 */
export type FirstVote = { interval: number; delay: number };

/**
 * Needed by everything that builds circuits here. A half-loaded relay list would freeze a bad vanguard set, and circuit
 * build times learned on an idle loopback (about 100 ms) would kill circuits once the machine is busy.
 */
const PATH_LINES = ['PathsNeededToBuildCircuits 0.95', 'LearnCircuitBuildTimeout 0', 'CircuitBuildTimeout 10'];

/** What makes a tor in its production configuration accept relays on loopback addresses. */
const LOOPBACK_LINES = [
  'DirAllowPrivateAddresses 1',
  'EnforceDistinctSubnets 0',
  'ExtendAllowPrivateAddresses 1',
  'ClientRejectInternalAddresses 0',
  'ClientDNSRejectInternalAddresses 0',
];

const AUTHORITY_LINES = [
  'TestingTorNetwork 1',
  ...PATH_LINES,
  'ShutdownWaitLength 0',
  'SafeLogging 0',
  // Debian's tor reads 35 MB of country tables into every process otherwise.
  'GeoIPFile /dev/null',
  'GeoIPv6File /dev/null',
  'NumCPUs 1',
  'Address 127.0.0.1',
  'SocksPort 0',
  'AssumeReachable 1',
  'ExitPolicy reject *:*',
  'AuthoritativeDirectory 1',
  'V3AuthoritativeDirectory 1',
  // After the first vote seldom: clients in production configuration refuse a shorter interval.
  'V3AuthVotingInterval 300',
  'V3AuthVoteDelay 20',
  'V3AuthDistDelay 20',
  'V3AuthNIntervalsValid 3',
  // Keeps every consensus weight 0, so that relays are chosen evenly; without it one relay can become guard and last
  // hop at once.
  'TestingMinTimeToReportBandwidth 1 day',
  'TestingDirAuthVoteExit *',
  'TestingDirAuthVoteHSDir *',
  'TestingDirAuthVoteGuard *',
  'TestingMinExitFlagThreshold 0',
];

/** The line by which every node of the network knows one authority. */
export function directoryAuthorityLine(place: AuthorityPlace): string {
  const { key, nickname, orPort, dirPort } = place;
  return `DirAuthority ${nickname} orport=${orPort} no-v2 v3ident=${key.v3Identity} 127.0.0.1:${dirPort} ${key.relayFingerprint}`;
}

/** Lines for a client of the network. */
export function clientLines(directory: string[]): string[] {
  return [...LOOPBACK_LINES, ...PATH_LINES, ...directory];
}

/** The whole torrc of one authority. */
export function authorityTorrc(options: {
  place: AuthorityPlace;
  directory: string[];
  dataDirectory: string;
  firstVote: FirstVote;
}): string {
  const { place, directory, dataDirectory, firstVote } = options;
  const own = [
    `TestingV3AuthInitialVotingInterval ${firstVote.interval}`,
    `TestingV3AuthInitialVoteDelay ${firstVote.delay}`,
    `TestingV3AuthInitialDistDelay ${firstVote.delay}`,
    `DataDirectory "${dataDirectory}"`,
    'Log notice stdout',
    `Nickname ${place.nickname}`,
    `ORPort 127.0.0.1:${place.orPort}`,
    `DirPort 127.0.0.1:${place.dirPort}`,
  ];
  return [...AUTHORITY_LINES, ...own, ...directory, ''].join('\n');
}
