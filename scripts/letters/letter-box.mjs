/** A folder for letters that are being made, and the commands that make them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whoever reads the letters puts onions of their own in the place of these. */
export const FROM = `alice@${'a'.repeat(56)}.onion`;
export const TO = `bob@${'b'.repeat(56)}.onion`;

export const box = mkdtempSync(join(tmpdir(), 'letters-'));
export const sent = join(box, 'sent.eml');
/** Takes the place of sendmail: keeps what a program hands over. */
export const sendmail = join(box, 'sendmail');
writeFileSync(sendmail, `#!/bin/sh\ncat > ${sent}\n`);
chmodSync(sendmail, 0o755);

export const file = (name, octets) => {
  const path = join(box, name);
  writeFileSync(path, octets);
  return path;
};

export const run = (command, args, o = {}) =>
  spawnSync(command, args, {
    input: '',
    env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: box, EMAIL: FROM },
    cwd: box,
    timeout: 60_000,
    ...o,
  });
export const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
