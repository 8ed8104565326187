import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import { defaultSettings } from '../../../shared/settings';
import { useSelection } from '../../state/selection';
import { useSettings } from '../../state/settings';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { contactId, identityId, makeIdentity, makeMessage, ME } from '../../testing/sample-mail';
import { announceMove } from './announce-move';
import { changeSettings } from './change-settings';
import { claimAddress } from './claim-address';
import { createIdentity } from './create-identity';
import { createProfile } from './create-profile';
import { restoreFromPaper } from './restore-from-paper';
import { setPrivate } from './set-private';
import { unlockFromKeyring } from './unlock-from-keyring';
import { updateIdentity } from './update-identity';

const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);
const refuse = (code: ConstructorParameters<typeof PosthornError>[0]) => () =>
  Promise.reject(new PosthornError(code, `Refused: ${code}.`));

beforeEach(() => {
  resetStore(useToasts);
  resetStore(useSelection);
  resetStore(useSettings);
});

describe('settings', () => {
  it('show a change at once, and what the core made of it then', async () => {
    let answer: (() => void) | undefined;
    const { services } = makeServices({
      core: {
        'settings.set': (wanted) =>
          new Promise((resolve) => {
            answer = () => resolve({ ...wanted, autoLockMinutes: 5 });
          }),
      },
    });
    const changing = changeSettings(services, { theme: 'dark' });
    expect(useSettings.getState().settings.theme).toBe('dark');
    await expect.poll(() => answer).toBeDefined();
    answer?.();
    await changing;
    expect(useSettings.getState().settings).toEqual({ ...defaultSettings, theme: 'dark', autoLockMinutes: 5 });
  });

  it('are as before when the core refuses', async () => {
    const { services } = makeServices({ core: { 'settings.set': refuse('disk-full') } });
    await expect(changeSettings(services, { theme: 'dark' })).rejects.toMatchObject({ code: 'disk-full' });
    expect(useSettings.getState().settings).toEqual(defaultSettings);
  });
});

describe('a new profile', () => {
  const core = { 'profile.create': () => ({}) };
  const profile = { passphrase: 'a long passphrase', remember: true };

  it('leaves its passphrase with the keyring only when asked to', async () => {
    const { services, calls } = makeServices({ core, shell: { 'keyring.remember': () => ({}) } });
    await createProfile(services, profile);
    await createProfile(services, { ...profile, remember: false });
    expect(calls.map(([method]) => method)).toEqual(['profile.create', 'keyring.remember', 'profile.create']);
  });

  it('is made although the keyring fails, which is told', async () => {
    const { services } = makeServices({ core, shell: { 'keyring.remember': refuse('internal') } });
    await createProfile(services, profile);
    expect(useToasts.getState().shown).toMatchObject([{ tone: 'danger' }]);
    expect(toasts()[0]).toMatch(/^The keyring did not keep/);
  });

  it('that cannot be made leaves nothing with the keyring', async () => {
    const { services, calls } = makeServices({ core: { 'profile.create': refuse('profile-exists') } });
    await expect(createProfile(services, profile)).rejects.toMatchObject({ code: 'profile-exists' });
    expect(calls.map(([method]) => method)).toEqual(['profile.create']);
  });
});

describe('the passphrase in the keyring', () => {
  const unlock = { 'profile.unlock': () => ({ outcome: 'unlocked' as const }) };

  it('unlocks the profile', async () => {
    const { services, calls } = makeServices({
      core: unlock,
      shell: { 'keyring.recall': () => ({ passphrase: 'kept' }) },
    });
    expect(await unlockFromKeyring(services)).toEqual({ outcome: 'unlocked' });
    expect(calls[1]).toEqual(['profile.unlock', { passphrase: 'kept' }]);
  });

  it('may be forgotten, which costs no try', async () => {
    const { services, calls } = makeServices({ core: unlock, shell: { 'keyring.recall': () => ({}) } });
    expect(await unlockFromKeyring(services)).toEqual({ outcome: 'forgotten' });
    expect(calls).toHaveLength(1);
  });
});

describe('an identity', () => {
  const me = makeIdentity();

  it('that was made is shown at once', async () => {
    const { services, calls } = makeServices({ core: { 'identities.create': () => me } });
    await createIdentity(services, { localPart: 'me', label: ' Private ', colour: 'teal' });
    expect(calls[0]).toEqual(['identities.create', { localPart: 'me', label: 'Private', colour: 'teal' }]);
    expect(useSelection.getState()).toMatchObject({ identityId: ME, folder: 'inbox', view: 'mail' });
    expect(await services.mirror.identities.get(ME)).toEqual(me);
  });

  it('of a paper key is shown, and words that are none come back as a sentence', async () => {
    const draft = { words: 'one two', localPart: 'me', label: '', colour: 'blue' } as const;
    const good = makeServices({ core: { 'identities.restoreFromPaper': () => me } });
    expect(await restoreFromPaper(good.services, draft)).toEqual({ identity: me });
    expect(useSelection.getState().identityId).toBe(ME);
    const wrong = makeServices({ core: { 'identities.restoreFromPaper': refuse('invalid-call') } });
    expect(await restoreFromPaper(wrong.services, draft)).toEqual({ refusal: 'Refused: invalid-call.' });
    const full = makeServices({ core: { 'identities.restoreFromPaper': refuse('disk-full') } });
    await expect(restoreFromPaper(full.services, draft)).rejects.toMatchObject({ code: 'disk-full' });
  });

  it('changes as the core says, or not at all', async () => {
    const good = makeServices({ core: { 'identities.update': () => ({ ...me, label: 'Work' }) } });
    await updateIdentity(good.services, { identityId: ME, label: 'Work' });
    expect(await good.services.mirror.identities.get(ME)).toMatchObject({ label: 'Work' });
    const bad = makeServices({ core: { 'identities.update': refuse('disk-full') } });
    await updateIdentity(bad.services, { identityId: ME, paused: true });
    expect(await bad.services.mirror.identities.count()).toBe(0);
    expect(toasts()).toEqual(['Refused: disk-full.']);
  });

  it.each([
    [true, /^Only your contacts/],
    [false, /^Everybody who has the address/],
  ])('says who can find it now (private: %s)', async (isPrivate, text) => {
    const { services } = makeServices({ core: { 'identities.setPrivate': () => ({ ...me, isPrivate }) } });
    await setPrivate(services, { identityId: ME, isPrivate });
    expect(toasts()[0]).toMatch(text);
    expect(await services.mirror.identities.get(ME)).toMatchObject({ isPrivate });
  });

  it.each([
    ['elsewhere', /^The other copy still seems/],
    ['publishing', /goes online here$/],
  ] as const)('that was restored says how it stands: %s', async (reachability, text) => {
    const { services } = makeServices({ core: { 'identities.takeOver': () => ({ ...me, reachability }) } });
    await claimAddress(services, { identityId: ME, evenIfElsewhere: false });
    expect(toasts()[0]).toMatch(text);
  });

  it('that is left for another tells those who were chosen', async () => {
    const { services, calls } = makeServices({
      core: { 'identities.announceMove': ({ contactIds }) => contactIds.map((_, index) => makeMessage(index)) },
    });
    const move = { identityId: ME, toIdentityId: identityId(2) };
    await announceMove(services, { ...move, contactIds: [contactId(1)] });
    await announceMove(services, { ...move, contactIds: [contactId(1), contactId(2)] });
    expect(calls[0]).toEqual(['identities.announceMove', { ...move, contactIds: [contactId(1)] }]);
    expect(toasts()).toEqual(['1 person is being told', '2 people are being told']);
  });
});
