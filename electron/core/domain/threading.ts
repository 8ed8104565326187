import type { MailAddress } from '../../../shared/ids';
import { MAX_REFERENCES, NEAREST_ANCESTORS } from './limits';

export type KnownMessage = {
  readonly rfcMessageId: string;
  readonly threadId: string;
  readonly references: readonly string[];
};

/** What says where a message belongs: the Message-IDs in its signed header. */
export type NamingMessage = {
  readonly rfcMessageId: string;
  readonly inReplyTo?: string | undefined;
  readonly references: readonly string[];
};

/** The Message-IDs that count for a conversation: its own, what it answers, the root, and the nearest ancestors. */
export function namesOf({ rfcMessageId, inReplyTo, references }: NamingMessage): string[] {
  const answered = inReplyTo === undefined ? [] : [inReplyTo];
  const ancestors = [...references.slice(0, 1), ...references.slice(1).slice(-NEAREST_ANCESTORS)];
  return [...new Set([rfcMessageId, ...answered, ...ancestors])];
}

/** Who wrote a message, and whom it is from and to, as far as is known here. */
export type PeopledMessage = {
  /** The mailbox of its writer; undefined: written here. */
  readonly writer: MailAddress | undefined;
  /** Mailboxes, without tags. */
  readonly people: ReadonlySet<MailAddress>;
};

/**
 * The mailboxes of somebody who has moved: a letter from the new address answers one to the old one.
 * @param mailbox answers itself when its owner never moved
 */
export type SamePerson = (mailbox: MailAddress) => readonly MailAddress[];

/**
 * Whether two messages that have a name in common (`namesOf`) belong to one conversation. The rule looks at these two
 * alone, and never at what came first or lies between them: so a conversation is the same in whatever order its mail
 * comes, and a part that comes late joins what it connects.
 *
 * The writer of each must be among the people of the other, whom its own writer has put there. Message-IDs are no
 * secret, and To and Cc of a letter are what its writer claims: with less, a stranger's letter that names two
 * conversations would make one of them, or would stand among the letters of people who never wrote to the stranger. So
 * a letter can join conversations that its writer takes part in, and no others.
 */
export function belongTogether(one: PeopledMessage, other: PeopledMessage, samePerson: SamePerson): boolean {
  return isAmong(one, other, samePerson) && isAmong(other, one, samePerson);
}

function isAmong({ writer }: PeopledMessage, { people }: PeopledMessage, samePerson: SamePerson): boolean {
  return writer === undefined || samePerson(writer).some((mailbox) => people.has(mailbox));
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
