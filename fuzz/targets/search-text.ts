import { NOW, openTestStore, received, type TestStore } from '../../electron/core/store/testing/store-fixtures';
import { claim } from '../oracles/claims';
import { textOf } from '../oracles/texts';

/**
 * What is typed or pasted into the search field, or kept as a saved search. None of it is the language of the database,
 * every order finds the same, and the number that is said is the number that is shown.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const text = textOf(data);
  const { store } = await mailbox;
  const found = store.search.find({ text, now: NOW, limit: 10 }).map(({ id }) => id);
  claim(found.length <= 2 && new Set(found).size === found.length, 'a message is found twice');
  const best = store.search.find({ text, now: NOW, order: 'best', limit: 10 }).map(({ id }) => id);
  claim([...best].sort().join() === [...found].sort().join(), 'another order finds others');
  const { count, isMore } = store.search.count({ text, now: NOW });
  claim(count === found.length && !isMore, 'the number is another');
}

const mailbox = fill();

async function fill(): Promise<TestStore> {
  const opened = openTestStore();
  process.once('exit', () => opened.remove());
  await opened.store.messages.receive(received({ subject: 'Größe der Äpfel', text: 'Crème "quote" AND OR NOT NEAR' }));
  await opened.store.messages.receive(received({ subject: 'Pears', text: 'a b c nothing else' }));
  return opened;
}
