import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PosthornError } from '../../../../shared/errors';
import { MailIndexer } from '../../mail/profile/index-mail';
import { createMime } from '../../mime/create-mime';
import type { Mime } from '../../ports/mime';
import { EventBus } from '../../runtime/event-bus';
import { SettableClock } from '../../testing/settable-clock';
import { newAttachmentId, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

let test: TestStore;
beforeEach(() => {
  test = openTestStore();
});
afterEach(() => test.remove());

const file = (filename: string, content: Uint8Array) => ({
  id: newAttachmentId(),
  filename,
  contentType: 'application/octet-stream',
  inline: false,
  content,
});
const plan = zipSync({ 'word/document.xml': strToU8('<w:p><w:t>Grundstück am See</w:t></w:p>') });
const found = (text: string): number => test.store.search.find({ text, limit: 9 }).length;

/** Works until nothing is left, as the program does while it runs; answers what was logged. */
async function indexAll(mime: Pick<Mime, 'readFileText'> = createMime()): Promise<string[]> {
  const errors: string[] = [];
  const clock = new SettableClock();
  const log = { error: (name: string) => void errors.push(name) } as never;
  const indexer = new MailIndexer({ clock, log, events: new EventBus(), mime: mime as Mime }, test.store);
  while (test.store.search.hasUnreadFiles() || !test.store.search.isIndexed()) {
    const next = clock.untilNextTimer();
    if (next !== undefined) clock.advance(next);
    await new Promise(setImmediate);
  }
  indexer.close();
  return errors;
}

it('finds words within files once they are read, and not before', async () => {
  await test.store.messages.receive(
    received({
      attachments: [file('plan.docx', plan), file('notes.txt', strToU8('apricot jam')), file('x.jpg', plan)],
    }),
  );
  expect([found('grundstuck'), found('apricot'), test.store.search.hasUnreadFiles()]).toEqual([0, 0, true]);
  expect(await indexAll()).toEqual([]);
  expect([found('grundstuck'), found('"am see"'), found('apricot jam'), found('filename:apricot')]).toEqual([
    1, 1, 1, 0,
  ]);
});

it('keeps them when the message is indexed anew, and forgets them with the message', async () => {
  const message = received({ attachments: [file('notes.txt', strToU8('apricot'))] });
  await test.store.messages.receive(message);
  await indexAll();
  test.store.messages.move([message.id], 'trash');
  expect(found('apricot in:trash')).toBe(1);
  test.store.messages.delete([message.id]);
  expect(found('apricot')).toBe(0);
});

it('goes on past a file that takes too much to read, and tries again after other faults', async () => {
  const mime = createMime();
  const names = ['bomb', 'good', 'later'];
  await test.store.messages.receive(
    received({ attachments: names.map((name) => file(`${name}.txt`, strToU8(`words of ${name}`))) }),
  );
  let faults = 0;
  const errors = await indexAll({
    readFileText: async (o) => {
      const text = await mime.readFileText(o);
      if (text.includes('bomb')) throw new PosthornError('unreadable-content', 'Too much.');
      if (text.includes('later') && (faults += 1) === 1) throw new PosthornError('worker-died', 'Gone.');
      return text;
    },
  });
  expect([found('"words of bomb"'), found('"words of good"'), found('"words of later"')]).toEqual([0, 1, 1]);
  expect(errors).toEqual(['index.not-written']);
});

it('writes nothing after it was closed', async () => {
  await test.store.messages.receive(received({ attachments: [file('notes.txt', strToU8('apricot'))] }));
  const clock = new SettableClock();
  let finish: (text: string) => void = () => undefined;
  const reading = new Promise<string>((resolve) => (finish = resolve));
  const mime = { readFileText: () => reading } as unknown as Mime;
  const log = { error: expect.unreachable } as never;
  const indexer = new MailIndexer({ clock, log, events: new EventBus(), mime }, test.store);
  clock.advance(clock.untilNextTimer() ?? 0);
  await new Promise(setImmediate);
  indexer.close();
  finish('apricot');
  await new Promise(setImmediate);
  expect(test.store.search.hasUnreadFiles()).toBe(true);
});
