import { MAX_COMMAND_OCTETS } from '../../domain/client-limits';
import type { CommandPart } from './command-part';

/** What came of the octets so far. */
export type Collected =
  | { readonly kind: 'command'; readonly parts: readonly CommandPart[] }
  /** The client waits for a continuation request before it sends a literal. */
  | { readonly kind: 'literal-awaited' }
  /** A literal that is not taken; the client keeps it, and a new command follows. */
  | { readonly kind: 'literal-refused'; readonly parts: readonly CommandPart[] }
  /** The client sends on what is not taken: only the end of the connection stops it. */
  | { readonly kind: 'too-large' };

/** Whether a literal may come, after what came of its command. */
export type LiteralRule = (literal: {
  readonly before: readonly CommandPart[];
  readonly size: number;
  readonly isBinary: boolean;
}) => boolean;

type Literal = { readonly size: number; readonly isBinary: boolean; readonly octets: Uint8Array[]; filled: number };

const LF = 0x0a;
const LITERAL_AT_END = /(~?)\{(\d{1,10})(\+?)\}$/;

/**
 * Puts a client's octets together to commands (RFC 9051 2.2.1, 4.3; LITERAL+ of RFC 7888). The cost is linear, however
 * the octets are cut. Lines may end in LF alone, as scripts write them.
 */
export class CommandCollector {
  #parts: CommandPart[] = [];
  #line: Uint8Array[] = [];
  #lineOctets = 0;
  #textOctets = 0;
  #literal: Literal | undefined;
  #isOver = false;

  constructor(private readonly mayTake: LiteralRule) {}

  /** Whether nothing of another command has come. */
  get isBetweenCommands(): boolean {
    return this.#parts.length === 0 && this.#lineOctets === 0 && !this.#literal;
  }

  /** Takes what came, and says what it completes. After `too-large` it takes nothing more. */
  *push(octets: Uint8Array): Generator<Collected> {
    let at = 0;
    while (at < octets.length && !this.#isOver) {
      if (this.#literal) {
        at += this.#fill(this.#literal, octets.subarray(at));
        continue;
      }
      const end = octets.indexOf(LF, at);
      const piece = octets.subarray(at, end < 0 ? octets.length : end);
      at += piece.length + (end < 0 ? 0 : 1);
      if (this.#isTooLong(piece)) {
        this.#isOver = true;
        yield { kind: 'too-large' };
      } else {
        this.#line.push(piece);
        if (end >= 0) yield* this.#endLine();
      }
    }
  }

  #isTooLong(piece: Uint8Array): boolean {
    this.#lineOctets += piece.length;
    return this.#textOctets + this.#lineOctets > MAX_COMMAND_OCTETS;
  }

  #fill(literal: Literal, octets: Uint8Array): number {
    const taken = octets.subarray(0, literal.size - literal.filled);
    literal.octets.push(Uint8Array.from(taken));
    literal.filled += taken.length;
    if (literal.filled === literal.size) this.#endLiteral(literal);
    return taken.length;
  }

  #endLiteral({ octets, isBinary }: Literal): void {
    this.#parts.push({ literal: Buffer.concat(octets), isBinary });
    this.#literal = undefined;
  }

  *#endLine(): Generator<Collected> {
    const line = Buffer.concat(this.#line).toString('latin1').replace(/\r$/, '');
    this.#textOctets += this.#lineOctets;
    this.#line = [];
    this.#lineOctets = 0;
    const announced = LITERAL_AT_END.exec(line);
    if (!announced) {
      const parts = [...this.#parts, { text: line }];
      this.#begin();
      yield { kind: 'command', parts };
      return;
    }
    const [whole, tilde, size, plus] = announced;
    this.#parts.push({ text: line.slice(0, -whole.length) });
    yield* this.#announced({ size: Number(size), isBinary: tilde !== '', comesAtOnce: plus !== '' });
  }

  *#announced(o: { size: number; isBinary: boolean; comesAtOnce: boolean }): Generator<Collected> {
    if (this.mayTake({ before: this.#parts, size: o.size, isBinary: o.isBinary })) {
      const literal: Literal = { size: o.size, isBinary: o.isBinary, octets: [], filled: 0 };
      if (o.size === 0) this.#endLiteral(literal);
      else this.#literal = literal;
      if (!o.comesAtOnce) yield { kind: 'literal-awaited' };
      return;
    }
    if (o.comesAtOnce) {
      this.#isOver = true;
      yield { kind: 'too-large' };
      return;
    }
    const parts = this.#parts;
    this.#begin();
    yield { kind: 'literal-refused', parts };
  }

  #begin(): void {
    this.#parts = [];
    this.#textOctets = 0;
  }
}
