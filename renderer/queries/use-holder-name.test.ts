import { describe, expect, it } from 'vitest';
import type { Contact } from '../../shared/contact';
import { HistoryEntry } from '../../shared/custody';
import { holderNamesIn } from './use-holder-name';

const onion = `${'d'.repeat(56)}.onion`;
const id = crypto.randomUUID();
const contact = (change: object): Contact =>
  ({ id, address: `dave@${onion}`, name: 'Dave', ...change }) as unknown as Contact;
const holder = HistoryEntry.shape.holder.parse(onion);
const holderContactId = HistoryEntry.shape.holderContactId.parse(id);

describe('holderNamesIn', () => {
  it('knows contacts by their id and by their onion', () => {
    expect(holderNamesIn([contact({})])({ holderContactId })).toBe('Dave');
    expect(holderNamesIn([contact({ id: crypto.randomUUID() })])({ holder })).toBe('Dave');
    expect(holderNamesIn([contact({ name: '' })])({ holder })).toBe('dave');
  });

  it('calls the rest what they are', () => {
    expect(holderNamesIn([])({ holder })).toBe('somebody they trust (dddddddd…dddd)');
    expect(holderNamesIn([])({})).toBe('somebody they trust');
  });
});
