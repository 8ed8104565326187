import { openTestStore, received, type TestStore } from '../../electron/core/store/testing/store-fixtures';
import { claim } from '../oracles/claims';
import { textOf } from '../oracles/texts';

/** In no message, and no beginning of a word of one. */
const ABSENT = 'zzqxjv';

/**
 * What is typed or pasted into the search field. All of it is words, none of it is the language of the database: one
 * word more never finds more.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const text = textOf(data);
  const { store } = await mailbox;
  const found = store.search.find({ text, limit: 10 });
  claim(found.length <= 2, 'a message is found twice');
  claim(store.search.find({ text: `${ABSENT} ${text}`, limit: 10 }).length === 0, 'a word was not asked for');
}

const mailbox = fill();

async function fill(): Promise<TestStore> {
  const opened = openTestStore();
  process.once('exit', () => opened.remove());
  await opened.store.messages.receive(received({ subject: 'Größe der Äpfel', text: 'Crème "quote" AND OR NOT NEAR' }));
  await opened.store.messages.receive(received({ subject: 'Pears', text: 'a b c nothing else' }));
  return opened;
}
