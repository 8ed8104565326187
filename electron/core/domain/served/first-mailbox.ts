/**
 * The local part of the first address of a field, in small letters: what messages are sorted by (RFC 5256 3). A group
 * counts by its first member.
 */
export function firstMailbox(field: string): string {
  const bare = field.slice(0, 2_000).replace(/"(?:[^"\\]|\\.)*"(?!@)|\([^()]*\)/g, ' ');
  const mailbox = localPart(bare) || (bare.split(/[,;]/)[0] ?? '');
  return mailbox.trim().replaceAll('"', '').toLowerCase();
}

/** Before the first `@`, up to an angle bracket that is open or else to the word's beginning. */
function localPart(text: string): string {
  const before = text.slice(0, Math.max(0, text.indexOf('@')));
  const open = before.lastIndexOf('<');
  if (open >= 0 && !before.includes('>', open)) return before.slice(open + 1);
  return before.split(/[\s<>,;:]/).at(-1) ?? '';
}
