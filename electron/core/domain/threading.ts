import { MAX_REFERENCES } from './limits';

export type KnownMessage = {
  readonly rfcMessageId: string;
  readonly threadId: string;
  readonly references: readonly string[];
};

/**
 * The thread a message belongs to: that of the nearest ancestor we hold, else the oldest ancestor it names, else itself
 * (RFC 5322, 3.6.4). `find` looks a Message-ID up in the store.
 */
export function threadOf(o: {
  rfcMessageId: string;
  inReplyTo?: string | undefined;
  references: readonly string[];
  find: (rfcMessageId: string) => KnownMessage | undefined;
}): string {
  const ancestors = o.inReplyTo === undefined ? o.references : [...o.references, o.inReplyTo];
  for (const ancestor of [...ancestors].reverse()) {
    const known = o.find(ancestor);
    if (known) return known.threadId;
  }
  return ancestors[0] ?? o.rfcMessageId;
}

/** References of a reply: those of its parent and the parent itself, the oldest and the newest kept. */
export function referencesOfReply(parent: KnownMessage): string[] {
  const all = [...parent.references, parent.rfcMessageId];
  return all.length <= MAX_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(all.length - MAX_REFERENCES + 1)];
}
