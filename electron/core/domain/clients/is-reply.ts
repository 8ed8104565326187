/** Signs of RFC 5256 2.1: at the beginning behind names of lists, at the end, or around all. */
const SIGNS = [/^(?:\[[^[\]]*\] ?)*(?:re|fwd?) ?(?:\[[^[\]]*\] ?)?:/i, /\(fwd\)$/i, /^\[fwd:.*\]$/i];

/** Whether a subject says that the message answers or forwards another (RFC 5256 3, REFERENCES). */
export function isReply(subject: string): boolean {
  const line = subject.replaceAll(/\s+/gu, ' ').trim();
  return SIGNS.some((sign) => sign.test(line));
}
