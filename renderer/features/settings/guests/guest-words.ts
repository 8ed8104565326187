import type { Guest } from '../../../../shared/guests/guest';
import { quotaText } from '../../../words/custody-words';
import { timeText } from '../../../words/date-text';

const MIB = 1024 * 1024;

/** How much a guest's mail may have, in the order of the list. */
export const roomOptions = [250, 1024, 5120].map((mib) => ({ value: String(mib * MIB), label: quotaText(mib * MIB) }));

/** For how long, in days. */
export const daysOptions = [
  { value: 'never', label: 'Until one of us ends it' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
] as const;
export type DaysChoice = (typeof daysOptions)[number]['value'];

const stateText: Readonly<Record<Guest['state'], string>> = {
  offline: 'cannot be reached now',
  publishing: 'is being made reachable',
  online: 'can be reached',
  damaged: 'their mail cannot be opened; its file was left as it is',
};

/** What a guest stores, and until when. */
export const roomText = ({ used, quota, endsAt, phase }: Guest, now: number): string => {
  const room = `${quotaText(used)} of ${quotaText(quota)}`;
  if (endsAt === undefined) return room;
  return phase === 'in-force' ? `${room}; until ${timeText(endsAt, now)}` : `${room}; ended ${timeText(endsAt, now)}`;
};

/** Whether mail can come, in a few words. */
export const serviceText = ({ state, fingerprint }: Guest): string =>
  fingerprint === undefined ? 'waits for their public key' : stateText[state];

/** How Thunderbird is set up for a guest. */
export const guestSteps: readonly string[] = [
  'Give the guest all of this in person, or sealed. On their computer they install Thunderbird and tor (or leave Tor Browser open).',
  'In Thunderbird’s connection settings: SOCKS v5 host 127.0.0.1, port 9050 (Tor Browser: 9150), with «Proxy DNS»; in its Config Editor, network.dns.blockDotOnion is false.',
  'They add an account by hand: IMAP and SMTP at the server above, ports 143 and 587, security «None», normal password. Tor encrypts the whole way here.',
  'In Account Settings, End-To-End Encryption, they make an OpenPGP key for this address, and choose «Require encryption», «Encrypt the subject» and «Digitally sign by default». Mail that is not sealed is refused here.',
  'They export the public key (Key Manager, File) and send you the file. Choose it below.',
  'To write to somebody they need that person’s public key, which comes with each of their letters.',
];
