import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './wait-for';

/**
 * One thing a process asked the kernel about a socket. `program` is the name of its main file or thread, as the kernel
 * has it.
 */
export type SocketCall = {
  readonly program: string;
  readonly call: 'socket' | 'connect' | 'bind' | 'listen' | 'send';
  readonly family: string;
  readonly type?: string;
  readonly address?: string;
  readonly port?: number;
  readonly line: string;
};

const calls = ['socket', 'connect', 'bind', 'listen', 'sendto', 'sendmsg', 'sendmmsg'] as const;

/** Everything that a program and all its children ask the kernel about sockets, by strace (Linux). */
export class NetworkTrace {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'network.strace');
  }

  /** What a program is to be run under. The program keeps the process id, and its end is its own. */
  get command(): readonly string[] {
    return [
      'strace',
      '-D',
      '-f',
      '--seccomp-bpf',
      '-Y',
      '-yy',
      '-s',
      '0',
      '-e',
      `trace=${calls.join(',')}`,
      '-o',
      this.#file,
    ];
  }

  /** Waits until every traced process has ended; what they asked for. */
  async read(): Promise<SocketCall[]> {
    const look = (): string | undefined => {
      const text = existsSync(this.#file) ? readFileSync(this.#file, 'utf8') : '';
      return allEnded(text) ? text : undefined;
    };
    const text = await waitFor(look, {
      what: 'the traced processes to end',
      changed: (listener) => {
        const watcher = watch(this.#file, listener);
        return () => {
          watcher.close();
        };
      },
    });
    return text.split('\n').flatMap(parse);
  }
}

/** What may be reached: the Tor network by tor alone, and by the program its own ports for mail programs. */
export type Allowed = { readonly torNetwork: ReadonlySet<number>; readonly ownPorts?: ReadonlySet<number> };

/** Calls that reach, or could let anybody reach, past this machine, its Tor and the program's own loopback doors. */
export function violations(trace: readonly SocketCall[], { torNetwork, ownPorts }: Allowed): string[] {
  const doors = (isTor: boolean): number[] =>
    trace
      .filter(({ call, program }) => call === 'listen' && (program === 'tor') === isTor)
      .flatMap(({ port }) => port ?? []);
  const targets = {
    tor: new Set([...torNetwork, ...doors(false)]),
    program: new Set([...doors(true), ...(ownPorts ?? [])]),
  };
  const isAllowed = (one: SocketCall): boolean => {
    if (['AF_UNIX', 'AF_NETLINK', 'AF_UNSPEC'].includes(one.family)) return true;
    return (
      ['AF_INET', 'AF_INET6'].includes(one.family) &&
      isAllowedOnLoopback(one, one.program === 'tor' ? targets.tor : targets.program)
    );
  };
  return trace.filter((one) => !isAllowed(one)).map(({ program, line }) => `${program}: ${line}`);
}

function isAllowedOnLoopback({ call, type, address, port }: SocketCall, targets: ReadonlySet<number>): boolean {
  // Chromium asks the kernel about its network devices through datagram sockets (ioctl); nothing goes anywhere by that.
  if (call === 'socket') return type === 'SOCK_STREAM' || type === 'SOCK_DGRAM';
  if (call === 'send' || type === 'SOCK_DGRAM' || (address !== '127.0.0.1' && address !== '::1')) return false;
  return call !== 'connect' || (port !== undefined && targets.has(port));
}

/** Ports of the private Tor network, from the lines that tell tor of it. */
export function torNetworkPorts(torrc: readonly string[]): Set<number> {
  return new Set(
    torrc.flatMap((line) =>
      [...line.matchAll(/^DirAuthority .*\borport=(\d+) .* 127\.0\.0\.1:(\d+) /gu)].flatMap(([, or, dir]) => [
        Number(or),
        Number(dir),
      ]),
    ),
  );
}

function allEnded(text: string): boolean {
  const lines = text.split('\n').map((line) => /^(\d+)<.*?> +(.*)$/u.exec(line));
  const ended = new Set(lines.flatMap((line) => (line?.[2]?.startsWith('+++ ') === true ? [line[1]!] : [])));
  return ended.size > 0 && lines.every((line) => line === null || ended.has(line[1]!));
}

function parse(line: string): SocketCall[] {
  const [, program = '', name = '', rest = ''] = /^\d+<(.*?)> +([a-z]+)\((.*)$/u.exec(line) ?? [];
  if (!(calls as readonly string[]).includes(name)) return [];
  if (name === 'socket')
    return [{ program, call: 'socket', family: first(/^AF_\w+/u, rest), type: first(/SOCK_[A-Z]+/u, rest), line }];
  if (name === 'listen') return [listening(program, rest, line)];
  const call = name === 'connect' || name === 'bind' ? name : 'send';
  return destinations(rest).map((destination) => ({ program, call, ...destination, line }));
}

function first(pattern: RegExp, text: string): string {
  return pattern.exec(text)?.[0] ?? text;
}

/** From the kernel's own knowledge of the socket, so that a listener that was never bound is seen too. */
function listening(program: string, rest: string, line: string): SocketCall {
  const [, family, address, port] = /^\d+<(TCP|TCPv6):\[\[?([^\]]*?)\]?:(\d+)\]>/u.exec(rest) ?? [];
  if (family === undefined)
    return { program, call: 'listen', family: /^\d+<UNIX/u.test(rest) ? 'AF_UNIX' : rest, line };
  return {
    program,
    call: 'listen',
    family: family === 'TCP' ? 'AF_INET' : 'AF_INET6',
    address: address!,
    port: Number(port),
    line,
  };
}

/** Sending on a connected socket names none. */
function destinations(rest: string): { family: string; type?: string; address?: string; port?: number }[] {
  const type = /^\d+<UDP/u.test(rest) ? { type: 'SOCK_DGRAM' } : {};
  return [...rest.matchAll(/sa_family=(AF_\w+)([^}]*)/gu)].map(([, family, fields]) => {
    const address = /inet_addr\("([^"]*)"\)|inet_pton\(AF_INET6, "([^"]*)"/u.exec(fields!);
    const port = /port=htons\((\d+)\)/u.exec(fields!);
    return {
      family: family!,
      ...type,
      ...(address ? { address: address[1] ?? address[2]! } : {}),
      ...(port ? { port: Number(port[1]) } : {}),
    };
  });
}
