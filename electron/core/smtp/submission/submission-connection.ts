import {
  MAX_COMMANDS_OF_LETTER,
  MAX_SUBMISSION_REFUSALS,
  MAX_WRONG_SUBMISSION_LOGINS,
} from '../../domain/client-limits';
import type { SubmissionAccount, SubmissionDoor } from '../../ports/submission';
import { MAIL_PARAMETERS } from '../address-command';
import { GuardedConnection, type GuardedOptions } from '../guarded-connection';
import { submissionReplies } from './submission-replies';

/** A letter whose sender was accepted. */
export type LetterEnvelope = { readonly mailFrom: string; readonly recipients: string[] };

/** A connection of a mail program that sends for its person. */
export class SubmissionConnection extends GuardedConnection {
  readonly door: SubmissionDoor;
  readonly #ended: (connection: SubmissionConnection) => void;
  #wrongLogins = 0;
  #commands = 0;
  /** RFC 4954 5: a program may name who wrote it; who logged in is known here already. */
  protected override readonly mailParameters = { ...MAIL_PARAMETERS, AUTH: { takes: /^[!-~]+$/ } };
  /** Who logged in; undefined before. */
  account: SubmissionAccount | undefined;
  envelope: LetterEnvelope | undefined;

  constructor(
    o: GuardedOptions & {
      readonly door: SubmissionDoor;
      readonly ended: (connection: SubmissionConnection) => void;
    },
  ) {
    super(o);
    this.door = o.door;
    this.#ended = o.ended;
  }

  /** A password was wrong. The connection ends when it was one too many. */
  guessed(): void {
    this.#wrongLogins += 1;
    if (this.#wrongLogins >= MAX_WRONG_SUBMISSION_LOGINS)
      setImmediate(() => this.sendReply(submissionReplies.tooManyGuesses));
  }

  /** A letter was queued: its program is in no loop. */
  sent(): void {
    this.#commands = 0;
  }

  /** TLS begins: what was said before may have been put in by somebody else (RFC 3207 4.2). */
  forget(): void {
    this.account = undefined;
    this.envelope = undefined;
  }

  override _onClose(): void {
    super._onClose();
    this.#ended(this);
  }

  /** After EHLO, RSET and each letter. */
  override _resetSession(): void {
    super._resetSession();
    this.envelope = undefined;
  }

  override _onCommand(command: Buffer, callback?: () => void): void {
    this.#commands += 1;
    if (this.#commands > MAX_COMMANDS_OF_LETTER) return this.sendReply(submissionReplies.tooManyCommands);
    super._onCommand(command, callback);
  }

  /** A program that has logged in is told of each wrong recipient at once. */
  protected override costOfRefusal(earlier: number): ReturnType<GuardedConnection['costOfRefusal']> {
    return this.account ? { waitMs: 0, most: MAX_SUBMISSION_REFUSALS } : super.costOfRefusal(earlier);
  }
}
