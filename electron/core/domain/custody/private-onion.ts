import type { MailAddress, OnionHost } from '../../../../shared/ids';

/** What a private onion signs: the identity that it belongs to. */
export function privateOnionText({
  door,
  identity,
}: {
  readonly door: OnionHost;
  readonly identity: MailAddress;
}): string {
  return ['Posthorn door 1', `door: ${door}`, `identity: ${identity}`, ''].join('\n');
}
