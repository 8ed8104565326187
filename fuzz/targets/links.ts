import { contentIdOf } from '../../shared/html/content-id';
import { splitLinks } from '../../renderer/features/reader/text/split-links';
import { linkTarget } from '../../shared/link/link-target';
import { namesAnother } from '../../shared/link/link-warnings';
import { claim, claimSame } from '../oracles/claims';
import { textOf } from '../oracles/texts';

/**
 * Links in the text of a letter, and in the attributes of its page. Nothing of the text gets lost, and what a link
 * leads to is a site or an address, and the same when it is looked at again.
 */
export function fuzz(data: Uint8Array): void {
  const text = textOf(data);
  const pieces = splitLinks(text);
  claim(pieces.map((piece) => piece.text).join('') === text, 'the text is another one when its links are found');
  claim(pieces.length <= 2_001, 'more links than a window can draw');
  const urls = pieces.flatMap((piece) => (piece.kind === 'link' ? [piece.url] : []));
  for (const url of [...urls.slice(0, 10), text]) checkTarget(url);
  contentIdOf(text);
}

function checkTarget(href: string): void {
  const target = linkTarget(href);
  if (target === undefined) return;
  claim(/^(?:https?:\/\/[^/]|mailto:)/u.test(target), 'a link leads elsewhere than to a site or an address');
  claimSame(linkTarget(target), target, 'a link leads elsewhere when it is looked at again');
  // Of a host with brackets or commas in its name, which browsers allow, a warning may be given for nothing.
  const { hostname } = new URL(target);
  const isUsual = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/u.test(hostname);
  claim(!isUsual || !namesAnother(hostname, target), 'a link that says where it leads is taken for a lie');
}
