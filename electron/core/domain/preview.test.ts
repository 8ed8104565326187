import { expect, it } from 'vitest';
import { previewOf } from './preview';

it.each([
  ['\u200c\u00a0\u034f\u200b'.repeat(300) + 'Dear Bob', 'Dear Bob'],
  [`${'\u2800'.repeat(200)}Hello`, 'Hello'],
  ['Rechnung \u202efdp.exe\u202c \u2066x\u2069', 'Rechnung fdp.exe x'],
  ['\ufeffHello\0\u0007', 'Hello'],
  ['می\u200cخواهم 👨\u200d👩\u200d👧', 'می\u200cخواهم 👨\u200d👩\u200d👧'],
  ['\u200b\u2800', ''],
])('the preview of %j is what a reader sees', (text, preview) => {
  expect(previewOf(text)).toBe(preview);
});
