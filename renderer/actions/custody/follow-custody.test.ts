import { beforeEach, expect, test, vi } from 'vitest';
import { IdentityId } from '../../../shared/ids';
import { forgetCustodies, useCustodies } from '../../state/custody';
import type { Services } from '../../state/services';
import { followCustody } from './follow-custody';

const me = IdentityId.parse('6f1c7a52-6a51-4a4e-9a53-0e6f0a1f3d11');
const work = IdentityId.parse('6f1c7a52-6a51-4a4e-9a53-0e6f0a1f3d12');
const holding = { holders: [], clients: [], missing: [] };

/** A core whose answers come when the test lets them, and a window with one identity. */
const makeWindow = () => {
  const answers: { readonly identityId: string; readonly give: (value: unknown) => void; readonly fail: () => void }[] =
    [];
  const listeners: ((event: unknown) => void)[] = [];
  const core = {
    call: (_method: string, { identityId }: { identityId: string }) =>
      new Promise((give, reject) => answers.push({ identityId, give, fail: () => reject(new Error('not now')) })),
    subscribe: (listener: (event: unknown) => void) => {
      listeners.push(listener);
      return () => listeners.splice(0);
    },
  };
  const mirror = { identities: { toArray: () => Promise.resolve([{ id: me }]) } };
  const stop = followCustody({ core, mirror } as unknown as Services);
  return { answers, stop, tell: (event: unknown) => listeners.forEach((hear) => hear(event)) };
};

const changed = { type: 'holding.changed', identityId: me };
const known = () => useCustodies.getState().byIdentity[me];

beforeEach(forgetCustodies);

test('every identity is asked about, also one that comes later', async () => {
  const { answers, tell } = makeWindow();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.give(holding);
  await vi.waitFor(() => expect(known()).toEqual(holding));
  tell({ type: 'identity.changed', identity: { id: work } });
  tell({ type: 'identity.changed', identity: { id: work } });
  await vi.waitFor(() => expect(answers.map(({ identityId }) => identityId)).toEqual([me, work]));
});

test('of many changes at once only the last is asked for', async () => {
  const { answers, tell } = makeWindow();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  for (let count = 0; count < 50; count += 1) tell(changed);
  answers[0]?.give(holding);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.give({ ...holding, missing: [{ count: 1 }] });
  await vi.waitFor(() => expect(known()?.missing).toHaveLength(1));
  expect(answers).toHaveLength(2);
});

test('what was known stays when it cannot be read again', async () => {
  const { answers, tell } = makeWindow();
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  answers[0]?.give(holding);
  await vi.waitFor(() => expect(known()).toEqual(holding));
  tell(changed);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.fail();
  await vi.waitFor(() => expect(useCustodies.getState().failed.has(me)).toBe(true));
  expect(known()).toEqual(holding);
});
