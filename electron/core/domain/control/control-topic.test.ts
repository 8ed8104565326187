import { describe, expect, it } from 'vitest';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { InvitationId, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { agreement, holderList, newAgreementId, SIGNATURE } from '../../store/testing/custody-fixtures';
import { controlTopic } from './control-topic';

const list = MailingListId.parse('a'.repeat(52));
const invitation = InvitationId.parse('7f0c2f1e-0000-4000-8000-000000000000');
const entry = (letter: string) => ({ statement: '', signature: letter.repeat(86), body: '' });
const NOW = 1_700_000_000_000;

describe('the topic of a control message', () => {
  it('is an agreement, a message, or a whole person', () => {
    const [first, second] = [newAgreementId(), newAgreementId()];
    const { agreed } = agreement({ id: first });
    const controls: ControlMessage[] = [
      { kind: 'hold.ask', agreement: agreed, signature: SIGNATURE },
      { kind: 'hold.answer', agreementId: first },
      { kind: 'hold.answer', agreementId: second },
      { kind: 'hold.end', agreementId: first },
      { kind: 'hold.tokens', agreementId: first, issuedAt: NOW, hashes: '' },
      { kind: 'hold.expired', agreementId: first, count: 1, since: NOW },
      { kind: 'hold.card', card: holderList() },
      { kind: 'missing', messageIds: ['<a@b>'] },
      { kind: 'missing', messageIds: ['<a@b>', '<c@b>'] },
      { kind: 'receipt', messageId: '<a@b>', at: NOW, action: 'delivered' },
      { kind: 'receipt', messageId: '<c@b>', at: NOW, action: 'delivered' },
      { kind: 'read', messageId: '<a@b>', at: NOW },
      { kind: 'door', issuedAt: NOW, door: null },
      { kind: 'list.invite', invitation, genesis: '', expiresAt: NOW },
      { kind: 'list.answer', invitation },
      { kind: 'list.batch', list, entries: [], have: [] },
      { kind: 'list.batch', list, entries: [], have: [], isAnswer: true },
      { kind: 'list.batch', list, entries: [entry('A')] },
      { kind: 'list.batch', list, entries: [entry('A'), entry('B')] },
      { kind: 'list.batch', list: MailingListId.parse('b'.repeat(52)), entries: [entry('A')] },
    ];
    expect(new Set(controls.map(controlTopic)).size).toBe(controls.length);
  });

  it('does not depend on what is said of it', () => {
    const said = { kind: 'receipt', messageId: '<a@b>' } as const;
    expect(controlTopic({ ...said, at: NOW + 1, action: 'failed' })).toBe(
      controlTopic({ ...said, at: NOW, action: 'delivered' }),
    );
  });
});
