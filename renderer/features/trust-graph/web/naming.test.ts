import { describe, expect, it } from 'vitest';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { TrustNode } from '../../../../shared/trust';
import { addressOf } from '../../../testing/sample-mail';
import { namingBy } from './naming';

const node = (address: MailAddress, isOwn = false): TrustNode => ({
  fingerprint: 'F' as Fingerprint,
  address,
  validity: 'full',
  isContact: true,
  isOwn,
});

describe('names in the picture of trust', () => {
  const [bob, carol] = [addressOf('bob'), addressOf('carol')];
  const { nameOf, labelOf } = namingBy([
    { address: bob, name: 'Bob from the choir of Saint Mary' },
    { address: carol, name: '' },
  ]);

  it('are the user’s own words for people, cut where they stand below a sign', () => {
    expect(nameOf(node(bob))).toBe('Bob from the choir of Saint Mary');
    expect(labelOf(node(bob))).toBe('Bob from the choi…');
    expect(labelOf(node(bob))).toHaveLength(18);
  });

  it('are a short address for a contact without a name, as for a stranger', () => {
    expect(nameOf(node(carol))).toBe(`carol@${'c'.repeat(8)}…cccc`);
    expect(labelOf(node(carol))).toBe('carol@cccc…');
    expect(labelOf(node(addressOf('christopher-robin')))).toBe('christophe…@cccc…');
  });

  it('are «You» for oneself, whatever a contact is called', () => {
    const me = addressOf('me');
    const own = namingBy([{ address: me, name: 'Somebody else' }]);
    expect([own.nameOf(node(me, true)), own.labelOf(node(me, true))]).toEqual(['You', 'You']);
  });

  it('tell two strangers of one name apart by their onions', () => {
    const other = `carol@${'d'.repeat(56)}.onion` as MailAddress;
    expect(labelOf(node(carol))).not.toBe(labelOf(node(other)));
  });
});
