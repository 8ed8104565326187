import { expect, it } from 'vitest';
import { defaultHoldTerms } from '../../shared/custody';
import type { MailClient } from '../../shared/custody';
import { AgreementId, MailAddress } from '../../shared/ids';
import { relyingSentences } from './delete-identity-words';

const nameOf = (address: string) => ({ d: 'Dave', e: 'Erin' })[address[0] ?? ''] ?? address;
const common = (name: string) => ({
  agreementId: AgreementId.parse('6f1c7a52-6a51-4a4e-9a53-0e6f0a1f3d11'),
  address: MailAddress.parse(`${name}@${'a'.repeat(56)}.onion`),
  state: 'active' as const,
  terms: defaultHoldTerms,
  askedAt: 0,
  handedOver: 0,
});
const client = (name: string, heldMessages = 0, change: Partial<MailClient> = {}): MailClient => ({
  ...common(name),
  heldMessages,
  heldBytes: heldMessages * 256 * 1_024,
  ...change,
});
const holder = (name: string) => ({ ...common(name), faults: { missing: 0, replayed: 0, expired: 0 } });
const nobody = { holders: [], clients: [], missing: [] };

it('says what is lost with an identity that keeps mail for others, and for whom', () => {
  expect(
    relyingSentences({ ...nobody, clients: [client('dave', 8), client('erin', 4, { state: 'ended' })] }, nameOf),
  ).toEqual([
    'You keep 12 messages (3.0 MB) for Dave and Erin. They will be lost; end the agreements first, and wait until everything is handed over.',
  ]);
  expect(relyingSentences({ ...nobody, clients: [client('dave', 1)] }, nameOf)[0]).toContain(
    '(256 KB) for Dave. It will be lost; end the agreement first',
  );
});

it('names who would not be told, and nobody with whom it is over', () => {
  expect(relyingSentences({ ...nobody, clients: [client('dave')], holders: [holder('erin')] }, nameOf)).toEqual([
    'Dave can have mail kept with you. End that first, so that they are told.',
    'What Erin may be keeping for you is lost too. Fetch it first, and end the agreement, so that they are told.',
  ]);
  expect(relyingSentences({ ...nobody, clients: [client('dave', 0, { state: 'ended' })] }, nameOf)).toEqual([]);
});
