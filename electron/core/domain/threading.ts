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

/**
 * Where a message written here stands: in the thread of what it answers, with what RFC 5322 3.6.4 has a reply say of
 * it, or in a thread that it begins under the name `own`.
 */
export function placeInThread(o: { own: string; parent: KnownMessage | undefined }): {
  readonly threadId: string;
  readonly inReplyTo?: string;
  readonly references: readonly string[];
} {
  const { own, parent } = o;
  if (parent === undefined) return { threadId: own, references: [] };
  return { threadId: parent.threadId, inReplyTo: parent.rfcMessageId, references: referencesOfReply(parent) };
}

/** Those of its parent and the parent itself, the oldest and the newest kept. */
function referencesOfReply(parent: KnownMessage): string[] {
  const all = [...parent.references, parent.rfcMessageId];
  return all.length <= MAX_REFERENCES ? all : [...all.slice(0, 1), ...all.slice(all.length - MAX_REFERENCES + 1)];
}
