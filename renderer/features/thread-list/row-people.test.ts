import { describe, expect, it } from 'vitest';
import type { MessageSummary } from '../../../shared/message';
import { localPartOf } from '../../words/address-text';
import { rowPeople } from './row-people';

const onion = (letter: string) => `${letter.repeat(56)}.onion`;
const alice = `alice@${onion('a')}`;
const bob = `bob@${onion('b')}`;
const names = new Map([[alice, 'Alice Liddell']]);
const nameOf = (address: string) => names.get(address) ?? localPartOf(address);
const message = (change: object) =>
  ({ folder: 'inbox', from: alice, to: [bob], cc: [], ...change }) as unknown as MessageSummary;
const row = (...messages: readonly MessageSummary[]) => ({ newest: messages[0]!, messages });

describe('rowPeople', () => {
  it('names a contact by the word the person gave, without an onion', () => {
    expect(rowPeople(row(message({})), nameOf)).toEqual({ names: 'Alice Liddell', onion: undefined });
  });

  it('puts the short onion beside a stranger’s local part', () => {
    expect(rowPeople(row(message({ from: bob })), nameOf)).toEqual({ names: 'bob', onion: 'bbbbbbbb…bbbb' });
  });

  it('lists who wrote, oldest first and once', () => {
    expect(rowPeople(row(message({}), message({ from: bob }), message({})), nameOf).names).toBe('Alice Liddell, bob');
  });

  it('names whom the header of a message says that a program has put here, and shows no onion of ours', () => {
    const put = message({ from: bob, writtenFrom: 'Eve <eve@example.com>' });
    expect(rowPeople(row(put), nameOf)).toEqual({ names: 'Eve <eve@example.com>', onion: undefined });
    expect(rowPeople(row(message({ from: bob, writtenFrom: '' })), nameOf).names).toBe('Unknown sender');
  });

  it('names the recipients of own mail', () => {
    expect(rowPeople(row(message({ folder: 'sent', from: bob, to: [alice], cc: [bob] })), nameOf).names).toBe(
      'To Alice Liddell, bob',
    );
    expect(rowPeople(row(message({ folder: 'drafts', to: [] })), nameOf).names).toBe('(no recipients)');
  });
});
