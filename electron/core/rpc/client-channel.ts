/**
 * One client's two-way line to the core, whatever carries it: a MessagePort to the window, or a socket to the command
 * line. Messages are structured-cloneable values; octets are `Uint8Array`. Listeners stay until the channel closes.
 */
export type ClientChannel = {
  /**
   * Sends one message; does nothing after the channel has closed.
   * @throws for a message that the carrier cannot hold
   */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when either side has closed the channel; at once when it is closed already. */
  onClose(listener: () => void): void;
  close(): void;
  /** Octets accepted by `post` that the client has not taken yet; 0 where the carrier cannot tell. */
  backlog(): number;
};
