import { create } from 'zustand';
import type { ProfileState } from '../../shared/contract/core-events';

/** What stands between the person and their mail. `connecting`: the core has not said yet. */
export type ProfilePhase = 'connecting' | ProfileState['state'];

type Profile = {
  readonly phase: ProfilePhase;
  readonly retryAt: number | undefined;
  /** Only the window is locked, and so much mail has come since. */
  readonly receiving: ProfileState['receiving'];
  /** How far mail of an older version has been brought up to date, before the profile is open. */
  readonly upgrade: ProfileState['upgrade'];
  /** This page knew mail and was locked: another takes its place. */
  readonly leaving: boolean;
};

/** The profile's phase, as the core last told it. */
export const useProfile = create<Profile>()(() => ({
  phase: 'connecting',
  retryAt: undefined,
  receiving: undefined,
  upgrade: undefined,
  leaving: false,
}));

/** Takes over what the core said of the profile. */
export const setProfile = (profile: ProfileState): void =>
  useProfile.setState({
    phase: profile.state,
    retryAt: profile.retryAt,
    receiving: profile.receiving,
    upgrade: profile.upgrade,
  });
