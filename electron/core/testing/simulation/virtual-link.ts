import { Socket } from 'node:net';
import type { SmtpHandler } from '../../ports/smtp';

/** What answers behind a port of a machine. */
export type Service =
  | { readonly smtp: SmtpHandler }
  | { readonly hkp: { readonly address: string; key(): Promise<string> } };

/** A machine's tie to the network, while it has one. */
export type Uplink = { isUp(): boolean; readonly links: Set<VirtualLink> };

/** A connection between two machines; it breaks when either of them loses its network. */
export class VirtualLink {
  readonly service: Service;
  /** Resolves when it is closed or broken. */
  readonly closed: Promise<void>;
  readonly #ends: readonly Uplink[];
  #isOpen = true;
  #tell: () => void = () => undefined;

  constructor(o: { ends: readonly Uplink[]; service: Service }) {
    this.service = o.service;
    this.#ends = o.ends;
    this.closed = new Promise((resolve) => {
      this.#tell = resolve;
    });
    for (const end of o.ends) end.links.add(this);
  }

  isOpen(): boolean {
    return this.#isOpen;
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const end of this.#ends) end.links.delete(this);
    this.#tell();
  }
}

/** What a dial hands out: no octets pass through it, the virtual SMTP takes the link. */
export class VirtualSocket extends Socket {
  constructor(readonly link: VirtualLink) {
    super();
  }

  override destroy(error?: Error): this {
    this.link.close();
    return super.destroy(error);
  }
}

/** The link of a connection that was dialled in this world. */
export function linkOf(socket: Socket): VirtualLink {
  if (socket instanceof VirtualSocket) return socket.link;
  throw new Error('A socket from outside the simulated world');
}
