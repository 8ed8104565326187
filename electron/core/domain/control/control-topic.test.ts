import { describe, expect, it } from 'vitest';
import type { ControlMessage } from '../../../../shared/control-message';
import { agreement, holderList, newAgreementId, SIGNATURE } from '../../store/testing/custody-fixtures';
import { controlTopic } from './control-topic';

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
