import { freeStorage, viewStorage } from '../mail/profile/free-storage';
import type { Deps, Of } from './handler-kit';

/** What takes room on the disk. */
export function storageHandlers({ services, of }: Deps): Of<'storage'> {
  return {
    'storage.view': (o) => viewStorage(of(o)),
    'storage.free': (o) => freeStorage(services, of(o), o.what),
  };
}
