/**
 * A flood in a process of its own, so that it does not measure itself: seals letters of many strangers, says `ready`,
 * and on `go` sends them in bursts among connections that only take a place. Argv: door, address and armored key of the
 * recipient, in JSON.
 */
import { connect, type Socket } from 'node:net';
import type { MailAddress } from '../../../shared/ids';
import { binaryKey, makeAttacker } from './attacker';
import type { LocalDoor } from '../ports/local-server';
import { placeOf } from './loopback-onion';
import { SmtpPeer } from './smtp-peer';

export type FloodOrder = {
  readonly door: LocalDoor;
  readonly address: MailAddress;
  readonly key: string;
  readonly strangers: number;
  readonly lettersEach: number;
  readonly connections: number;
  readonly bursts: number;
  readonly burstEveryMs: number;
  /** After the last burst goes on to take places, which it does not count, until it is sent `enough`. */
  readonly untilTold?: boolean;
};

/** What became of it, by the first three digits of the last reply; '' for none. */
export type FloodReport = { readonly connections: Record<string, number>; readonly mails: Record<string, number> };

type Letter = { readonly from: MailAddress; readonly raw: Uint8Array };

const [, , order] = process.argv;
if (order === undefined) throw new Error('Say whom to flood');
const { door, address, key, strangers, lettersEach, connections, bursts, burstEveryMs, untilTold } = JSON.parse(
  order,
) as FloodOrder;

/** How long a flooder waits for an answer: longer than a slow and busy machine needs for one. */
const PATIENCE_MS = 20_000;

const report = { connections: {} as Record<string, number>, mails: {} as Record<string, number> };
const held = new Set<Socket>();
let isEnough = untilTold !== true;

function count(of: keyof FloodReport, reply: string): void {
  const code = reply.slice(0, 3);
  report[of][code] = (report[of][code] ?? 0) + 1;
}

async function sealLetters(): Promise<Letter[]> {
  const letters: Letter[] = [];
  for (let index = 0; index < strangers; index += 1) {
    const stranger = await makeAttacker({ localPart: 'stranger', now: Date.now() });
    for (let each = 0; each < lettersEach; each += 1)
      letters.push({ from: stranger.address, raw: await stranger.letter({ to: address, key: binaryKey(key) }) });
  }
  return letters;
}

const says = [
  '',
  'EHLO x\r\n',
  `EHLO x\r\nMAIL FROM:<nobody@${'n'.repeat(56)}.onion>\r\nRCPT TO:<${address}>\r\n`,
  'reset',
] as const;

/** Takes a place and keeps it until it is sent away, or leaves at once. */
function takePlace(kind: (typeof says)[number], isCounted: boolean): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(placeOf(door));
    let heard = '';
    held.add(socket);
    socket.on('error', () => undefined);
    socket.once('connect', () => {
      // A Unix socket knows no reset.
      if (kind === 'reset') socket[typeof door === 'number' ? 'resetAndDestroy' : 'destroy']();
    });
    socket.on('data', (chunk: Buffer) => {
      if (heard === '' && kind !== 'reset' && kind !== '') socket.write(kind);
      heard = chunk.toString('latin1');
    });
    socket.once('close', () => {
      held.delete(socket);
      if (isCounted) count('connections', heard);
      resolve();
    });
  });
}

/** The reply that decided. */
async function transact(peer: SmtpPeer, { from, raw }: Letter): Promise<string> {
  await peer.ask('EHLO x');
  const said = await peer.transact({ from, to: address, raw });
  return said.content ?? said.data ?? said.rcptTo ?? said.mailFrom;
}

async function sendLetter({ from, raw }: Letter): Promise<void> {
  try {
    const peer = await SmtpPeer.connected(door);
    peer.socket.setTimeout(PATIENCE_MS, () => {
      peer.close();
    });
    const greeting = await peer.reply();
    count('mails', greeting.startsWith('220') ? await transact(peer, { from, raw }) : greeting);
    peer.close();
  } catch {
    count('mails', '');
  }
}

async function flood(letters: readonly Letter[]): Promise<void> {
  const places: Promise<void>[] = [];
  const mails: Promise<void>[] = [];
  for (let burst = 0; burst < bursts || !isEnough; burst += 1) {
    const isCounted = burst < bursts;
    if (isCounted) process.send?.({ burst });
    const share = (all: number): number => Math.floor(all / bursts);
    for (let index = 0; index < share(connections); index += 1)
      places.push(takePlace(says[index % says.length] ?? '', isCounted));
    for (const letter of letters.slice(burst * share(letters.length), (burst + 1) * share(letters.length)))
      mails.push(sendLetter(letter));
    await new Promise((resolve) => setTimeout(resolve, burstEveryMs));
  }
  await Promise.all(mails);
  for (const socket of held) socket.destroy();
  await Promise.all(places);
}

const letters = await sealLetters();
process.on('message', (message) => {
  if (message === 'enough') isEnough = true;
});
process.once('message', () => {
  void flood(letters).then(() => {
    process.send?.({ report });
    process.disconnect();
  });
});
process.send?.({ ready: true });
