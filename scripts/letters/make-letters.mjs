/**
 * `node scripts/letters/make-letters.mjs FOLDER`: writes letters as the mail programs of Debian make them, each with
 * every text that it can carry. Needs Debian's packages mutt, neomutt, s-nail, bsd-mailx, mailutils, swaks, git-email,
 * nmh, python3, libmime-lite-perl, libmime-tools-perl, libemail-mime-perl, ruby-mail and php-mail-mime; what is missing
 * is left out, and said. e2e/letters holds what they made on Debian 12, without what is no legal letter.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FROM, TO, box, sent } from './letter-box.mjs';
import { texts } from './letter-texts.mjs';
import { mailLibraries } from './mail-libraries.mjs';
import { mailPrograms } from './mail-programs.mjs';

const out = process.argv[2] ?? 'letters';
const programs = { ...mailPrograms, ...mailLibraries };
/** mailutils ends its input at a lone dot, and swaks keeps the dots that SMTP doubles. */
const notAsWritten = new Set(['mailutils.awkward', 'swaks.awkward']);
const hasLongLine = (octets) =>
  octets
    .toString('latin1')
    .split('\r\n')
    .some((line) => line.length > 998);

/** What a submission server adds (RFC 6409 8), and the line ends of the wire. */
const complete = (octets, id) => {
  const text = octets
    .toString('latin1')
    .replace(/^From .*\n/u, '')
    .replaceAll(/\r*\n/gu, '\r\n')
    .replace(/\r$/u, '');
  const [head] = text.split('\r\n\r\n', 1);
  const lacking = (name, value) => (new RegExp(`^${name}:`, 'imu').test(head) ? '' : `${name}: ${value}\r\n`);
  return Buffer.from(
    lacking('From', FROM) +
      lacking('To', TO) +
      lacking('Date', 'Thu, 28 May 2026 20:26:40 +0000') +
      lacking('Message-ID', `<${id}@example.onion>`) +
      text,
    'latin1',
  );
};

mkdirSync(out, { recursive: true });
const count = {};
for (const [program, make] of Object.entries(programs)) {
  count[program] = 0;
  if (!make) continue;
  for (const [name, content] of Object.entries(texts)) {
    rmSync(sent, { force: true });
    make(content);
    if (!existsSync(sent)) continue;
    const octets = complete(readFileSync(sent), `${program}.${name}`);
    if (hasLongLine(octets) || notAsWritten.has(`${program}.${name}`)) continue;
    writeFileSync(join(out, `${program}.${name}.eml`), octets);
    count[program] += 1;
  }
}
rmSync(box, { recursive: true, force: true });
for (const [program, letters] of Object.entries(count))
  console.log(`${program}: ${letters === 0 ? 'not here' : `${letters} letters`}`);
