import type { SendOutcome } from '../domain/delivery-outcome';
import { replyAbout } from '../domain/reply-about';
import type { DialFailure } from '../ports/onion';

type Deferral = Extract<SendOutcome, { outcome: 'deferred' }>['reason'];

/** What EHLO says when the sender is not named (RFC 5321 4.1.4): the same for every program. */
export const NOBODY = '[127.0.0.1]';

const dialReasons: Record<Exclude<DialFailure, 'bad-address'>, Deferral> = {
  offline: 'offline',
  gone: 'offline',
  'needs-auth': 'offline',
  'refused-locally': 'offline',
  'no-service': 'no-mail-service',
  temporary: 'offline',
  'timed-out': 'timed-out',
  'tor-offline': 'offline',
};

export const deferred = (reason: Deferral): SendOutcome => ({ outcome: 'deferred', reason });

/** What a failed dial means for the mail. Only an address that cannot exist is final. */
export function outcomeOfDialFailure(failure: DialFailure): SendOutcome {
  return failure === 'bad-address'
    ? { outcome: 'refused', reason: 'bad-address', code: 553 }
    : deferred(dialReasons[failure]);
}

/** PROTOCOL.md 4: it cannot be opened; our key, or our signature, is not taken. */
const remedies: Readonly<Record<string, Extract<SendOutcome, { outcome: 'refused' }>['remedy']>> = {
  '5.7.5': 'their-key',
  '5.7.1': 'our-key',
  '5.7.7': 'our-key',
};

/**
 * What a reply other than success means (RFC 5321 4.2.1, RFC 3463); without a usable reply the transfer was broken off.
 */
export function outcomeOfReply(reply: string | undefined): SendOutcome {
  const match = /^([45]\d\d)(?:[ -](\d\.\d{1,3}\.\d{1,3})\b)?/.exec(reply ?? '');
  if (!match) return deferred('interrupted');
  const code = Number(match[1]);
  const enhanced = match[2] ?? '';
  const about = replyAbout({ code, enhanced });
  if (code < 500) return { outcome: 'deferred', reason: 'busy', about };
  // 503 says that the two sides lost each other's place, not that the mail is unwelcome.
  if (code === 503) return { outcome: 'deferred', reason: 'interrupted', about };
  return { ...outcomeOfRefusal(code, enhanced), about };
}

function outcomeOfRefusal(code: number, enhanced: string): Extract<SendOutcome, { outcome: 'refused' }> {
  if (code === 550 && enhanced === '5.1.1') return { outcome: 'refused', reason: 'unknown-mailbox', code };
  if (code === 552 || enhanced === '5.3.4') return { outcome: 'refused', reason: 'too-large', code };
  const remedy = remedies[enhanced];
  return { outcome: 'refused', reason: 'refused', code, ...(remedy ? { remedy } : {}) };
}

/** The text of a reply without its code; lines are joined by spaces. */
export function textOfReply(reply: string | undefined): string {
  return (reply ?? '')
    .split(/\r?\n/)
    .map((line) => line.replace(/^\d{3}[ -]?/, ''))
    .join(' ')
    .trim();
}
