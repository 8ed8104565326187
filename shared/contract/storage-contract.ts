import { z } from 'zod';
import { IdentityId } from '../ids';
import { Freeable, StorageUse } from '../storage-use';
import { method } from './rpc-kit';

const ofIdentity = z.strictObject({ identityId: IdentityId });

/** What takes room on the disk. Part of `coreContract`. */
export const storageContract = {
  'storage.view': method(ofIdentity, StorageUse),
  /** Deletes all of one kind for good; people whose mail was kept are told that it is gone. Answers what is left. */
  'storage.free': method(ofIdentity.extend({ what: Freeable }), StorageUse),
} as const;
