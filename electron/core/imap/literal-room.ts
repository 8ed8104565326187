import {
  MAX_APPEND_OCTETS,
  MAX_APPENDING_OCTETS,
  MAX_EARLY_LITERAL_OCTETS,
  MAX_LITERALS_OCTETS,
  MAX_LITERAL_OCTETS,
} from '../domain/client-limits';
import type { LiteralRule } from './wire/command-collector';
import type { CommandPart } from './wire/command-part';

type Literal = Parameters<LiteralRule>[0];

/** Memory for messages that clients of one server are appending. */
export class AppendRoom {
  #left = MAX_APPENDING_OCTETS;

  take(octets: number): boolean {
    if (octets > this.#left) return false;
    this.#left -= octets;
    return true;
  }

  give(octets: number): void {
    this.#left += octets;
  }
}

/** Says which literals of one connection are taken, and why one is not. */
export class LiteralRoom {
  #taken = 0;
  #refusal: 'TOOBIG' | 'LIMIT' = 'TOOBIG';

  constructor(
    private readonly room: AppendRoom,
    private readonly isLoggedIn: () => boolean,
  ) {}

  /** The response code for the literal that was refused last. */
  get refusal(): 'TOOBIG' | 'LIMIT' {
    return this.#refusal;
  }

  mayTake(literal: Literal): boolean {
    this.#refusal = 'TOOBIG';
    if (this.isLoggedIn() && isMessage(literal.before)) return this.#takeMessage(literal.size);
    const most = this.isLoggedIn() ? MAX_LITERAL_OCTETS : MAX_EARLY_LITERAL_OCTETS;
    return literal.size <= most && octetsOf(literal.before) + literal.size <= MAX_LITERALS_OCTETS;
  }

  /** The command is done: its literals are no longer in memory. */
  free(): void {
    this.room.give(this.#taken);
    this.#taken = 0;
  }

  #takeMessage(size: number): boolean {
    if (this.#taken + size > MAX_APPEND_OCTETS) return false;
    this.#refusal = 'LIMIT';
    if (!this.room.take(size)) return false;
    this.#taken += size;
    return true;
  }
}

/** Whether the literal that follows is the message of an APPEND, and not the name of its mailbox. */
function isMessage(before: readonly CommandPart[]): boolean {
  const [first] = before;
  const text = first && 'text' in first ? first.text : '';
  return /^\S{1,1000} APPEND ./i.test(text) || (before.length > 2 && /^\S{1,1000} APPEND $/i.test(text));
}

function octetsOf(parts: readonly CommandPart[]): number {
  return parts.reduce((sum, part) => sum + ('literal' in part ? part.literal.length : 0), 0);
}
