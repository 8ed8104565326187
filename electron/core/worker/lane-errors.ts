import { PosthornError } from '../../../shared/errors';

/** Our own work, or a worker that could not start: the same can be tried again. */
export function died(): PosthornError {
  return new PosthornError('worker-died', 'The work was interrupted. Nothing was lost; it can be tried again.');
}

/** A worker ended, perhaps by what it had read before: whose fault it is shows in a fresh one. */
export class BlameUnclear extends Error {}

/** What a peer wrote needs more time or memory than it may take: another try would end alike. */
export function unreadable(): PosthornError {
  return new PosthornError(
    'unreadable-content',
    'What was sent takes too much time or memory to read. It was not taken; nothing else was changed.',
  );
}

export function closed(): PosthornError {
  return new PosthornError('connection-closed', 'The program is closing. Nothing was sent or changed.');
}

export function overfull(): PosthornError {
  return new PosthornError('too-many', 'Too much waits to be worked on now. Nothing was changed; try again later.');
}
