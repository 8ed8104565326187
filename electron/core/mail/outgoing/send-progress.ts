import type { IdentityId } from '../../../../shared/ids';
import type { Services } from '../mailbox';

/** Progress is shown from this many deliveries on: two or three are sent before a person could read it. */
const WORTH_TELLING = 4;

/** Counts how far the outbox is with the mail that was waiting when it could send again. */
export class SendProgress {
  #total = 0;
  #done = 0;

  constructor(
    private readonly services: Pick<Services, 'events'>,
    private readonly identityId: IdentityId,
  ) {}

  /** This many deliveries are due or under way now. */
  expect(count: number): void {
    if (this.#total === 0 && count < WORTH_TELLING) return;
    if (this.#done + count <= this.#total) return;
    this.#total = this.#done + count;
    this.#tell();
  }

  /** One try has ended, whatever its outcome. */
  done(): void {
    if (this.#total === 0) return;
    this.#done += 1;
    this.#tell();
    if (this.#done < this.#total) return;
    this.#done = 0;
    this.#total = 0;
  }

  #tell(): void {
    this.services.events.publish({
      type: 'catch-up.progressed',
      catchUp: { identityId: this.identityId, direction: 'out', done: this.#done, total: this.#total },
    });
  }
}
