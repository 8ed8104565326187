import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the answer to a command, with line ends, or undefined for none. */
export type ControlScript = (command: string) => string | undefined;

/**
 * A control port for tests, on a real socket: does SAFECOOKIE as tor does, then answers by a script (`250 OK` where the
 * script has nothing to say) and records what it was told.
 */
export class ScriptedControlPort {
  readonly commands: string[] = [];
  readonly cookie = randomBytes(32);
  script: ControlScript = () => '250 OK\r\n';
  /** What proves that we know the cookie; a test may make it lie. */
  proofCookie: Buffer = this.cookie;
  readonly #directory = mkdtempSync(join(tmpdir(), 'posthorn-control-'));
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#serve(socket));

  static async start(): Promise<ScriptedControlPort> {
    const port = new ScriptedControlPort();
    writeFileSync(port.cookiePath, port.cookie);
    port.#server.listen(0, '127.0.0.1');
    await once(port.#server, 'listening');
    return port;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get cookiePath(): string {
    return join(this.#directory, 'cookie');
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Sends octets to every controller. */
  send(text: string): void {
    for (const socket of this.#sockets) socket.write(text, 'latin1');
  }

  /** Cuts every connection, as a tor that dies. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  stop(): void {
    this.cut();
    this.#server.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let rest = '';
    let hashes = { server: '', controller: '' };
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('AUTHCHALLENGE')) {
          const nonce = randomBytes(32);
          hashes = this.#hashes(Buffer.from(line.split(' ')[2] ?? '', 'hex'), nonce);
          socket.write(`250 AUTHCHALLENGE SERVERHASH=${hashes.server} SERVERNONCE=${nonce.toString('hex')}\r\n`);
        } else if (line.startsWith('AUTHENTICATE')) {
          socket.write(line === `AUTHENTICATE ${hashes.controller}` ? '250 OK\r\n' : '515 Authentication failed\r\n');
        } else this.#answer(socket, line);
      }
    });
  }

  #answer(socket: Socket, line: string): void {
    this.commands.push(line);
    const answer = this.script(line);
    if (answer !== undefined) socket.write(answer, 'latin1');
  }

  #hashes(client: Buffer, server: Buffer): { server: string; controller: string } {
    const hash = (role: string) =>
      createHmac('sha256', `Tor safe cookie authentication ${role} hash`)
        .update(this.proofCookie)
        .update(client)
        .update(server)
        .digest('hex')
        .toUpperCase();
    return { server: hash('server-to-controller'), controller: hash('controller-to-server').toLowerCase() };
  }
}
