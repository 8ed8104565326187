import { MAX_SOCKET_PATH } from '../../../shared/socket-path';
import { MAX_STREAMS_PER_CIRCUIT } from '../domain/limits';
import type { LocalDoor } from '../ports/local-server';

/**
 * Introductions that tor answers each second, and at once, before it asks for proof of work: each costs us a circuit,
 * and a mailbox with hundreds of correspondents has a few each minute. Below that tor asks no client for work.
 */
const INTRODUCTIONS_PER_SECOND = 10;
const INTRODUCTIONS_AT_ONCE = 100;

type Wanted = {
  /** Secret: the expanded key in base64. */
  readonly key: string;
  readonly ports: readonly { readonly virtualPort: number; readonly target: LocalDoor }[];
  /** At once on one circuit; undefined: as many as mail needs. */
  readonly streams: number | undefined;
  /** Public keys, base32; not empty. Absent: everybody is admitted. */
  readonly clients: readonly string[] | undefined;
  /** Whether this tor knows of proof of work (0.4.8 and later, unless built without). */
  readonly proofOfWork: boolean;
};

/**
 * The command that makes an onion service of ours in tor (control-spec, 3.27). Secret, for it holds the service's key.
 */
export function addOnionCommand({ key, ports, streams, clients, proofOfWork }: Wanted): string {
  const words = [
    `ADD_ONION ED25519-V3:${key}`,
    `Flags=DiscardPK${clients ? ',V3Auth' : ''}`,
    `MaxStreams=${streams ?? MAX_STREAMS_PER_CIRCUIT}`,
  ];
  if (proofOfWork)
    words.push(
      'PoWDefensesEnabled=1',
      `PoWQueueRate=${INTRODUCTIONS_PER_SECOND}`,
      `PoWQueueBurst=${INTRODUCTIONS_AT_ONCE}`,
    );
  for (const { virtualPort, target } of ports) words.push(`Port=${virtualPort},${targetOf(target)}`);
  for (const client of clients ?? []) words.push(`ClientAuthV3=${client}`);
  return words.join(' ');
}

function targetOf(door: LocalDoor): string {
  return typeof door === 'number' ? `127.0.0.1:${String(door)}` : `unix:${door}`;
}

/** Whether tor can be told of this door: a port, or an absolute path without what ends a word in a command. */
export function isDoor(door: LocalDoor): boolean {
  if (typeof door === 'string') return /^\/[\w./-]+$/u.test(door) && door.length <= MAX_SOCKET_PATH;
  return Number.isInteger(door) && door >= 1 && door <= 65_535;
}
