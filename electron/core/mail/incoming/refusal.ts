import type { SmtpReply } from '../../domain/refusals';

/** Carries the reply to a peer out of the steps of receiving; caught by `receiveMessage`. */
export class Refusal extends Error {
  constructor(readonly reply: SmtpReply) {
    super(reply.text);
  }
}
