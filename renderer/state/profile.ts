import { create } from 'zustand';
import type { ProfileState } from '../../shared/contract/core-events';

/** What stands between the person and their mail. `connecting`: the core has not said yet. */
export type ProfilePhase = 'connecting' | ProfileState['state'];

type Profile = { readonly phase: ProfilePhase; readonly retryAt: number | undefined };

/** The profile's phase, as the core last told it. */
export const useProfile = create<Profile>()(() => ({ phase: 'connecting', retryAt: undefined }));

/** Takes over what the core said of the profile. */
export const setProfile = (profile: ProfileState): void =>
  useProfile.setState({ phase: profile.state, retryAt: profile.retryAt });
