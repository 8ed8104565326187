import { expect, test } from 'vitest';
import type { Identity } from '../../../shared/identity';
import type { IdentityId } from '../../../shared/ids';
import { showFolder, showIdentity, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { deleteIdentity } from './delete-identity';

const [gone, next, other] = ['gone', 'next', 'other'] as unknown as [IdentityId, IdentityId, IdentityId];

/** Deletes the identity on show; `meanwhile`, before the window has found another one, the person goes on. */
async function deleted(meanwhile: () => void): Promise<void> {
  showIdentity(gone);
  const first = (): Promise<{ id: IdentityId }> => {
    meanwhile();
    return Promise.resolve({ id: next });
  };
  const services = {
    core: { call: () => Promise.resolve({}) },
    mirror: { identities: { delete: () => Promise.resolve(), orderBy: () => ({ first }) } },
  };
  await deleteIdentity(
    services as unknown as Services,
    { id: gone, address: 'gone@x.onion', label: 'Gone' } as Identity,
  );
}

test('another identity takes its place', async () => {
  await deleted(() => undefined);
  expect(useSelection.getState()).toMatchObject({ view: 'mail', identityId: next, folder: 'inbox' });
});

test('a folder that was chosen meanwhile stays chosen', async () => {
  await deleted(() => {
    showFolder('sent');
  });
  expect(useSelection.getState()).toMatchObject({ view: 'mail', identityId: next, folder: 'sent' });
});

test('so does an identity', async () => {
  await deleted(() => {
    showIdentity(other);
  });
  expect(useSelection.getState()).toMatchObject({ identityId: other });
});
