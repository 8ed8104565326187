import type { Contact } from '../../shared/contact';
import { Fingerprint } from '../../shared/ids';
import type { Identity } from '../../shared/identity';
import type { MadeRing } from '../graph/make-ring';
import { entryOf } from './entry-of';
import type { PlannedPeople } from './plan-people';
import type { Stage } from './sample-cast';

export type MeetPeople = {
  readonly core: Stage;
  readonly identities: readonly Identity[];
  readonly plan: PlannedPeople;
  readonly ring: MadeRing;
};

/**
 * Makes everybody of the plan a contact of every identity, with their keys. The first identity has besides verified
 * some and named introducers, so that others are introduced.
 */
export async function meetPeople({ core, identities, plan, ring }: MeetPeople): Promise<void> {
  const content = new Uint8Array(ring.content);
  for (const [place, { id: identityId }] of identities.entries()) {
    const contacts: Contact[] = [];
    for (const [at, { address }] of ring.people.entries())
      contacts.push(await core.call('contacts.add', { identityId, address, name: entryOf(plan.people, at).name }));
    await core.call('keys.import', { identityId, content });
    if (place > 0) continue;
    for (const [at, { id: contactId }] of contacts.entries())
      await vouch(core, { identityId, contactId, person: entryOf(ring.people, at) });
  }
}

type Vouch = Pick<Contact, 'identityId'> & {
  readonly contactId: Contact['id'];
  readonly person: MadeRing['people'][number];
};

async function vouch(core: Stage, { identityId, contactId, person: { role, fingerprint } }: Vouch): Promise<void> {
  if (role !== 'introducer' && role !== 'verified') return;
  await core.call('contacts.verifyFingerprint', {
    identityId,
    contactId,
    fingerprint: Fingerprint.parse(fingerprint),
    certify: { level: 'positive', shared: false },
  });
  if (role === 'introducer')
    await core.call('contacts.setIntroducer', { identityId, contactId, introducer: { depth: 1, amount: 'full' } });
}
