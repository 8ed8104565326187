import type { MessageId } from '../../../../shared/ids';
import type { MessageDetail } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { authenticationResults } from '../../domain/served/authentication-results';
import { MINUTE_MS } from '../../domain/time';
import type { InnerBodies } from '../../ports/mime';
import type { Unsubscribe } from '../../ports/runtime';
import { unsealMessage } from '../incoming/unseal-message';
import type { Mailbox, Services } from '../mailbox';
import type { Part } from './parts';

/** Milliseconds between two messages, in which everything else gets its turn. */
const PAUSE_MS = 20;

type Needed = Pick<Mailbox, 'served' | 'messages' | 'contents' | 'identity'>;

/**
 * Unseals once more what an earlier version received, one message after the other and newest first, so that other
 * programs see it as it was signed. A message of which the key is gone, or that another program asked for meanwhile, is
 * built from its text and files. A start goes on where the last one ended.
 */
export class OlderMail implements Part {
  readonly name = 'older-mail';
  #cancelTimer: Unsubscribe | undefined;
  #isClosed = false;

  constructor(
    private readonly services: Pick<Services, 'clock' | 'log' | 'mime' | 'pgp'>,
    private readonly mailbox: Needed,
  ) {
    if (mailbox.served.older() !== undefined) this.#goOn(PAUSE_MS);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
  }

  #goOn(after: number): void {
    this.#cancelTimer = this.services.clock.setTimer(after, () => void this.#step());
  }

  async #step(): Promise<void> {
    try {
      const messageId = this.mailbox.served.older();
      if (messageId === undefined) return;
      await this.#serve(messageId);
      if (!this.#isClosed) this.#goOn(PAUSE_MS);
    } catch {
      // A full disk, for instance.
      if (this.#isClosed) return;
      this.services.log.error('older-mail.not-served');
      this.#goOn(MINUTE_MS);
    }
  }

  async #serve(messageId: MessageId): Promise<void> {
    const { served, contents } = this.mailbox;
    const read = await this.#read(messageId);
    if (this.#isClosed) return;
    if (read === undefined) served.putOlder({ messageId });
    else
      await contents.stage(read.literals, (literals) => {
        served.putOlder({ messageId, served: { ...read, literals } });
      });
  }

  /** Undefined when it cannot be read as it was. */
  async #read(messageId: MessageId): Promise<InnerBodies['served']> {
    const { services, mailbox } = this;
    try {
      const detail = mailbox.messages.detail(messageId);
      const { content } = await unsealMessage(services, mailbox, { raw: await mailbox.messages.raw(messageId) });
      const { from } = detail.summary;
      // Among strangers: nobody waits for it.
      const bodies = await services.mime.readBodies({ content, from, isKnown: false, onTop: this.#onTop(detail) });
      return hasSameFiles(detail, bodies) ? bodies.served : undefined;
    } catch {
      return undefined;
    }
  }

  #onTop({ summary }: MessageDetail): string {
    const { from, protection, protectionReason, signedBy, introducedBy } = summary;
    const by = this.mailbox.identity().address;
    return authenticationResults({ by, from, protection, protectionReason, ...present({ signedBy, introducedBy }) });
  }
}

/** Octets of files are not kept once more: they must be those that lie there. */
function hasSameFiles(detail: MessageDetail, bodies: InnerBodies): boolean {
  const sizes = bodies.attachments.map(({ content }) => content.length);
  return JSON.stringify(sizes) === JSON.stringify(detail.attachments.map(({ size }) => size));
}
