import type { ListIdentity } from './agreed-state';

/** What stands before the `@` when a name has no letter of ASCII. */
const NAMELESS = 'list';
const MAX_SLUG = 40;

/**
 * The list's address, the same for every member: nobody's host, since `.alt` is outside of the DNS (RFC 9476). Its
 * domain follows from the genesis, and what stands before it from the name.
 */
export function listAddress({ list, genesis }: ListIdentity): string {
  return `${slugOf(genesis.name)}@${list}.posthorn.alt`;
}

/** Header fields by which mail programs know the mail of a list (RFC 2919, RFC 2369), with their line ends. */
export function listFields(of: ListIdentity): string {
  const address = listAddress(of);
  return [`List-Id: <${address.replace('@', '.')}>`, `List-Post: <mailto:${address}>`, 'Precedence: list', ''].join(
    '\r\n',
  );
}

function slugOf(name: string): string {
  const letters = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '');
  return letters === '' ? NAMELESS : letters;
}
