import type { StorageUse } from '../../../../shared/storage-use';

/** How much of the disk one identity takes. */
export type StorageAmounts = {
  /** Reads a row of every message: some milliseconds for 10,000 of them. */
  amounts(): Omit<StorageUse, 'identityId'>;
  /** Octets that are free on the disk. */
  free(): number;
};
