const LINE = 76;

export type ArmorKind = 'MESSAGE' | 'PUBLIC KEY BLOCK';

/** Octets in the outer form of OpenPGP armor, so that the real MIME takes them. */
export function armor(kind: ArmorKind, octets: Uint8Array): string {
  const base64 = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('base64');
  const lines = [`-----BEGIN PGP ${kind}-----`, ''];
  for (let at = 0; at < base64.length; at += LINE) lines.push(base64.slice(at, at + LINE));
  return [...lines, `-----END PGP ${kind}-----`, ''].join('\n');
}

/** What `armor` was given; undefined for anything else. */
export function dearmor(kind: ArmorKind, armored: Uint8Array): Buffer | undefined {
  const text = Buffer.from(armored.buffer, armored.byteOffset, armored.byteLength).toString('latin1');
  const head = `-----BEGIN PGP ${kind}-----`;
  const start = text.indexOf(head);
  const end = text.indexOf(`-----END PGP ${kind}-----`, start);
  return start < 0 || end < 0
    ? undefined
    : Buffer.from(text.slice(start + head.length, end).replace(/\s+/g, ''), 'base64');
}
