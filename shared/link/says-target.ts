import { linkTarget } from './link-target';

/** Whether the words of a link are where it leads: as it is, or as people write it, without scheme and last slash. */
export function saysTarget(words: string, target: string): boolean {
  const said = words.trim();
  // Words that are longer say more; reading them as a URL would cost for nothing.
  if (said.length > target.length + 10 || said === '') return false;
  const bare = bareTarget(target);
  return [said, `https://${said}`, `mailto:${said}`].some((text) => {
    const read = linkTarget(text);
    return read !== undefined && bareTarget(read) === bare;
  });
}

function bareTarget(target: string): string {
  const bare = target.replace(/^(?:https?:\/\/|mailto:)/u, '').replace(/\/$/u, '');
  return target.startsWith('mailto:') && !bare.includes('?') ? bare.toLowerCase() : bare;
}
