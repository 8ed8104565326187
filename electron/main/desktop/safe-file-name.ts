const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu;

/**
 * A file name that a stranger's mail suggested, made harmless: no folders, no control or direction characters, no
 * leading dots, nothing Windows takes for a device; at most 200 octets with the ending kept, since file systems take
 * 255.
 */
export function safeFileName(suggested: string): string {
  const last = suggested.split(/[\\/]/u).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '')
    .replace(/^[. ]+|[. ]+$/gu, '')
    .trim();
  const named = plain === '' ? 'file' : reservedOnWindows.test(plain) ? `_${plain}` : plain;
  return shortened(named, 200);
}

function shortened(name: string, limit: number): string {
  if (Buffer.byteLength(name) <= limit) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : '';
  let kept = '';
  let room = limit - Buffer.byteLength(ending);
  for (const letter of name.slice(0, name.length - ending.length)) {
    room -= Buffer.byteLength(letter);
    if (room < 0) break;
    kept += letter;
  }
  return kept + ending;
}
