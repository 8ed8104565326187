import { PosthornError } from '../../../../../shared/errors';

/** Why nothing was done for a guest. */
export const guestErrors = {
  closing: () =>
    new PosthornError('profile-locked', 'The profile is being locked. Nothing was added; unlock it and try again.'),
  notConfirmed: () => new PosthornError('address-invalid', 'The address does not match. Nothing was deleted.'),
  tooMany: () =>
    new PosthornError('too-many', 'There are as many guests as there may be. Nothing was added; remove one first.'),
  unknown: () => new PosthornError('identity-unknown', 'This guest is not in this profile. Nothing was changed.'),
} as const;
