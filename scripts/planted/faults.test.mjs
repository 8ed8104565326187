import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../terminal.mjs';
import { faults } from './faults.mjs';

const files = execFileSync('git', ['ls-files', 'electron/core/*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '')
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Code moves and tests are renamed: a fault that can be planted no more tells nothing. */
test.each(faults)('«$name» can be planted, and its tests exist', ({ edits, tests, only = '' }) => {
  for (const [text] of edits) {
    const having = files.filter((each) => !each.file.endsWith('.test.ts') && each.text.includes(text));
    expect(having, text).toHaveLength(1);
  }
  const texts = tests.map((name) => files.find(({ file }) => file.endsWith(`/${name}`))?.text);
  expect(texts).not.toContain(undefined);
  expect(texts.join('\n')).toContain(only);
});
