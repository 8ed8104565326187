/**
 * The local part of the first address of a field, in small letters: what messages are sorted by (RFC 5256 3). A group
 * counts by its first member.
 */
export function firstMailbox(field: string): string {
  const bare = field.slice(0, 2_000).replace(/"(?:[^"\\]|\\.)*"(?!@)|\([^()]*\)/g, ' ');
  const [, angle, plain] = /<([^<>@]*)@|([^\s<>,;:@]+)@/.exec(bare) ?? [];
  return (angle ?? plain ?? bare.split(/[,;]/)[0] ?? '').trim().replaceAll('"', '').toLowerCase();
}
