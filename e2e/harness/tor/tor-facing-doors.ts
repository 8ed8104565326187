import { request } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { listeningDoors, type Door } from '../process/listening-doors';
import { SmtpPeer } from '../process/smtp-peer';

/** Where this process takes mail from its tor: the one door that greets. @throws AggregateError when none does */
export function smtpDoor(pid: number): Promise<Door> {
  return Promise.any(
    listeningDoors(pid).map(async (door) => {
      const peer = await SmtpPeer.to(door);
      peer.close();
      return door;
    }),
  );
}

/** Which of the doors of this process serves the key of an address. @throws AggregateError when none does */
function keyServerDoor(pid: number, address: string): Promise<Door> {
  return Promise.any(
    listeningDoors(pid).map(async (door) => {
      await lookUp(door, 'index', address);
      return door;
    }),
  );
}

/** A loopback port that leads to the key server of an address, for programs that know no Unix sockets. */
export async function keyServerPort(pid: number, address: string): Promise<number> {
  const door = await keyServerDoor(pid, address);
  if (typeof door === 'number') return door;
  const relay = createServer((near) => {
    const far = connect(door);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  relay.unref();
  return (relay.address() as AddressInfo).port;
}

/** The armored key of an address, as a process gives it to whoever asks. */
export async function servedKey(pid: number, address: string): Promise<string> {
  return lookUp(await keyServerDoor(pid, address), 'get', address);
}

function lookUp(door: Door, operation: 'index' | 'get', address: string): Promise<string> {
  const path = `/pks/lookup?op=${operation}&options=mr&search=${address}`;
  const place = typeof door === 'number' ? { host: '127.0.0.1', port: door } : { socketPath: door };
  return new Promise((resolve, reject) => {
    const asked = request({ ...place, path }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`Nothing to look up at ${String(door)}`));
      });
    });
    asked.on('error', reject).end();
  });
}
