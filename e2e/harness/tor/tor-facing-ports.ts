import { listeningPorts } from '../process/listening-ports';
import { SmtpPeer } from '../process/smtp-peer';

/**
 * Where this process takes mail from its tor: the one loopback port that greets. @throws AggregateError when none does
 */
export function smtpPort(pid: number): Promise<number> {
  return Promise.any(
    listeningPorts(pid).map(async (port) => {
      const peer = await SmtpPeer.to(port);
      peer.close();
      return port;
    }),
  );
}

/** Which of the loopback ports of this process serves the key of an address. @throws AggregateError when none does */
export function keyServerPort(pid: number, address: string): Promise<number> {
  return Promise.any(
    listeningPorts(pid).map(async (port) => {
      await lookUp(port, 'index', address);
      return port;
    }),
  );
}

/** The armored key of an address, as a process gives it to whoever asks. */
export async function servedKey(pid: number, address: string): Promise<string> {
  return lookUp(await keyServerPort(pid, address), 'get', address);
}

async function lookUp(port: number, operation: 'index' | 'get', address: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/pks/lookup?op=${operation}&options=mr&search=${address}`);
  if (!answer.ok) throw new Error(`Nothing to look up on port ${port}`);
  return answer.text();
}
