import type { SmtpReply } from '../../domain/refusals';

/** Ends the steps of receiving with a reply to the peer; caught by `receiveMessage`. */
export class Refusal extends Error {
  constructor(readonly reply: SmtpReply) {
    super(reply.text);
  }
}
