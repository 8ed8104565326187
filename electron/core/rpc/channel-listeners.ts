/** The listeners of one channel, whatever carries it. A close is reported once. */
export class ChannelListeners {
  readonly #onMessage = new Set<(message: unknown) => void>();
  readonly #onClose = new Set<() => void>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Adds a listener for messages; it stays until the close. */
  addMessage(listener: (message: unknown) => void): void {
    this.#onMessage.add(listener);
  }

  /** Adds a listener for the close; called at once when the channel is closed already. */
  addClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#onClose.add(listener);
  }

  /** Messages that arrive after the close are dropped. */
  message(message: unknown): void {
    if (this.#closed) return;
    for (const listener of this.#onMessage) listener(message);
  }

  /** @returns false when the channel was closed before */
  close(): boolean {
    if (this.#closed) return false;
    this.#closed = true;
    for (const listener of this.#onClose) listener();
    this.#onMessage.clear();
    this.#onClose.clear();
    return true;
  }
}
