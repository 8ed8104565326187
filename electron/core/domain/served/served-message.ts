import type { ServedDescription } from './describe-message';

/**
 * What another program gets of a message: its text as it was before it was sealed, or the octets that came over the
 * wire. Both stay the same, octet for octet, as long as the message lies there. What was never sealed, as a draft, is
 * the same in both.
 */
export type ServedForm = 'unsealed' | 'sealed';

/** A message as other programs see it; computed when it was stored, so that FETCH parses nothing. */
export type ServedMessage = ServedDescription & {
  readonly uid: number;
  /** The same for all copies of one message (RFC 8474). */
  readonly emailId: string;
  readonly threadId: string;
  /** Milliseconds since 1970. */
  readonly internalDate: number;
  /** In which it is told: minutes east of UTC; absent: UTC. */
  readonly zone?: number;
  readonly sentDate: number;
  readonly savedAt: number;
  /** Its first words (RFC 8970); none of a sealed message. */
  readonly preview: string;
};
