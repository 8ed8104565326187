import { spawnSync } from 'node:child_process';

/** Milliseconds after which it is told that Python takes longer. */
const PATIENCE_MS = 20_000;

/** Reads a file, decodes every text of it, and gives the words of pages; prints milliseconds. */
const PROGRAM = `
import sys, time
from email import message_from_bytes, policy
from html.parser import HTMLParser

class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []
    def handle_data(self, data):
        self.words.append(data)

content = open(sys.argv[1], 'rb').read()
start = time.perf_counter()
for part in message_from_bytes(content, policy=policy.default).walk():
    if part.is_multipart():
        continue
    octets = part.get_payload(decode=True)
    if part.get_content_maintype() != 'text':
        continue
    try:
        text = octets.decode(part.get_content_charset('utf-8'), 'replace')
    except LookupError:
        text = octets.decode('latin-1')
    if part.get_content_subtype() == 'html':
        reader = Words()
        reader.feed(text)
        reader.close()
        ''.join(reader.words)
print((time.perf_counter() - start) * 1000)
`;

/** Milliseconds that Python's email and html packages take for a letter in a file; at most 20 s, then it is stopped. */
export function readByPython(file: string): number {
  const run = spawnSync('python3', ['-c', PROGRAM, file], { encoding: 'utf8', timeout: PATIENCE_MS });
  if (run.signal !== null) return PATIENCE_MS;
  if (run.status !== 0) throw new Error(`Python's email package failed: ${run.stderr}`);
  return Number(run.stdout);
}
