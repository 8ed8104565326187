const armor = /-----BEGIN PGP MESSAGE-----\r\n[\s\S]*-----END PGP MESSAGE-----\r\n/u;

/** The armored OpenPGP message of a PGP/MIME message (RFC 3156, 4): what a mail program hands to gpg. */
export function sealedPart(mail: Uint8Array): string {
  const found = armor.exec(Buffer.from(mail).toString('latin1'))?.[0];
  if (found === undefined) throw new Error('This message has no sealed part');
  return found;
}

/** The same message after an accident on the way: one octet in the middle of the sealed part is another one. */
export function damaged(mail: Uint8Array): Buffer {
  const copy = Buffer.from(mail);
  const sealed = sealedPart(mail);
  let at = copy.indexOf(sealed) + (sealed.length >> 1);
  if (copy[at] === 0x0d || copy[at] === 0x0a) at += 4;
  copy[at] = copy[at] === 0x41 ? 0x42 : 0x41;
  return copy;
}
