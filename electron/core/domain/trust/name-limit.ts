/** Does a User ID lie within the names that a trust signature is limited to? */
export type NameLimit = (userId: string) => boolean;

/** How gpg and PGP write «everybody at this host» (RFC 9580, 5.2.3.22): `<[^>]+[@.]example\.onion>$`. */
const OPENING = '<[^>]+[@.]';
const CLOSING = '>$';
const ESCAPED_HOST = /^[a-z0-9-]{1,63}(\\\.[a-z0-9-]{1,63}){0,9}$/i;

const nobody: NameLimit = () => false;
const everybody: NameLimit = () => true;

/**
 * The limit that the regular expression of a trust signature sets. Only the shape that limits to one host is
 * understood, without regard to case, as a comparison of text: an expression from a peer is never run. An empty one
 * fits every User ID, any other none.
 */
export function nameLimitOf(regex: string): NameLimit {
  if (regex === '') return everybody;
  if (!regex.startsWith(OPENING) || !regex.endsWith(CLOSING)) return nobody;
  const escaped = regex.slice(OPENING.length, -CLOSING.length);
  if (!ESCAPED_HOST.test(escaped)) return nobody;
  const ending = `${escaped.replaceAll('\\', '').toLowerCase()}>`;
  return (userId) => endsIn(userId.toLowerCase(), ending);
}

/** `<`, at least one character other than `>`, then `@` or `.`, then the ending. */
function endsIn(userId: string, ending: string): boolean {
  if (!userId.endsWith(ending)) return false;
  const separator = userId.length - ending.length - 1;
  if (userId[separator] !== '@' && userId[separator] !== '.') return false;
  const local = userId.slice(0, separator);
  const bracket = local.indexOf('<', local.lastIndexOf('>') + 1);
  return bracket >= 0 && bracket < local.length - 1;
}
