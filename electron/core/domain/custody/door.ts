import type { MailAddress, OnionHost } from '../../../../shared/ids';

/** What the onion of a door signs: which private identity stands behind it. */
export function privateOnionText({
  door,
  identity,
}: {
  readonly door: OnionHost;
  readonly identity: MailAddress;
}): string {
  return ['Posthorn door 1', `door: ${door}`, `identity: ${identity}`, ''].join('\n');
}
