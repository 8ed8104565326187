import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Fingerprint } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';
import type { Standing } from '../../../shared/trust';
import { threadRows } from '../../state/lists/thread-rows';
import { addressOf, makeContact, makeDelivery, makeMessage, ME, messageId, NOON } from '../../testing/sample-mail';
import { RowDelivery } from './RowDelivery';
import { RowSigns } from './RowSigns';
import { sentPercent } from './row-delivery-words';

const KEY = Fingerprint.parse('A'.repeat(40));
const nameOf = (address: string): string => address.split('@')[0] ?? '';
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();

const signs = (change: Partial<MessageSummary>, standing?: Standing): string => {
  const [row] = threadRows([makeMessage(1, { signedBy: KEY, ...change })]);
  const contact = standing && makeContact('bob', { standing, fingerprint: KEY });
  return renderToStaticMarkup(<RowSigns row={row ?? expect.fail()} nameOf={nameOf} contactOf={() => contact} />);
};

describe('the signs of a row', () => {
  it('are none for most mail', () => {
    expect(textOf(signs({}))).toBe('');
    expect(textOf(signs({}, { kind: 'unverified', vouchedBy: [] }))).toBe('');
  });

  it('have a word each for screen readers', () => {
    expect(textOf(signs({ answered: true, attachmentCount: 2, flagged: true }))).toBe(
      'Answered Has attachments Flagged',
    );
  });

  it('warn of a sender who is not proved, whatever is known of the contact', () => {
    const verified = { kind: 'verified', at: NOON, way: 'scan' } as const;
    const html = signs({ protection: 'unverified', protectionReason: 'headers-differ' }, verified);
    expect(html).toContain('data-protection="unverified"');
    expect(textOf(html)).toBe('Not verified: headers differ');
  });

  it('tell of a verified person, and of one who was introduced before they were a contact', () => {
    expect(signs({}, { kind: 'verified', at: NOON, way: 'scan' })).toContain('<svg');
    expect(signs({ introducedBy: [addressOf('carol')] })).toContain('<svg');
  });

  it('do not give a verified person’s sign to mail by another key of theirs', () => {
    const html = signs({ signedBy: Fingerprint.parse('B'.repeat(40)) }, { kind: 'verified', at: NOON, way: 'scan' });
    expect(html).toContain('data-standing="earlier-key"');
    expect(html).toContain('Signed by another key');
  });

  it('say nothing of one’s own mail', () => {
    expect(textOf(signs({ protection: 'own', protectionReason: 'own' }, { kind: 'mismatch' }))).toBe('');
  });
});

describe('the delivery of a row', () => {
  const delivery = (message: MessageSummary): string =>
    renderToStaticMarkup(<RowDelivery message={message} now={NOON} contactOf={() => undefined} />);

  it('is not there for mail that was never sent', () => {
    expect(delivery(makeMessage(1))).toBe('');
  });

  it('is the one that needs attention most', () => {
    const deliveries = [
      makeDelivery(1, { state: 'delivered', reason: 'none' }),
      makeDelivery(2, { state: 'failed', reason: 'refused', recipient: addressOf('carol') }),
    ];
    const html = delivery(makeMessage(1, { folder: 'sent', deliveries }));
    expect(html).toContain('data-state="failed"');
    expect(html).toContain('data-tone="danger"');
  });

  it('counts the octets of its own transfer only', () => {
    const transfer = { identityId: ME, direction: 'out', total: 200, done: false } as const;
    const transfers = [
      { ...transfer, transferId: 'a', direction: 'in' as const, messageId: messageId(1), bytes: 199 },
      { ...transfer, transferId: 'b', messageId: messageId(2), bytes: 150 },
      { ...transfer, transferId: 'c', messageId: messageId(1), bytes: 51 },
    ];
    expect(sentPercent(transfers, messageId(1))).toBe(25);
    expect(sentPercent(transfers, messageId(3))).toBeUndefined();
  });

  it('is never more than whole, and unknown without a size', () => {
    const transfer = {
      transferId: 'a',
      identityId: ME,
      direction: 'out',
      messageId: messageId(1),
      done: false,
    } as const;
    expect(sentPercent([{ ...transfer, bytes: 300, total: 200 }], messageId(1))).toBe(100);
    expect(sentPercent([{ ...transfer, bytes: 300 }], messageId(1))).toBeUndefined();
  });
});
