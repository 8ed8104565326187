/**
 * What a reply other than success is about (PROTOCOL.md 10.7). `message`: this one alone, and the next may do better.
 * `now`: the recipient's machine, which takes nothing at this time. `us`: who sends, whatever it sends.
 */
export type ReplyAbout = 'message' | 'now' | 'us';

/** Codes of RFC 3463 that are about who connects: greylisting, a sender that is not taken, no mail here, lost order. */
const ABOUT_US = /^(?:4\.7\.1|5\.1\.[78]|5\.3\.2|[45]\.5\.[0124])$/;

/** Reads a reply's code and its enhanced code, '' where there is none. What is not known is about the message. */
export function replyAbout({ code, enhanced }: { readonly code: number; readonly enhanced: string }): ReplyAbout {
  if (code === 421 || (code === 452 && enhanced === '4.3.1')) return 'now';
  return code === 503 || ABOUT_US.test(enhanced) ? 'us' : 'message';
}
