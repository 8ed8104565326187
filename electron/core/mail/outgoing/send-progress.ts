import type { IdentityId } from '../../../../shared/ids';
import type { Services } from '../mailbox';

/** So many that wait at once are worth a word; two or three are gone before it is read. */
const WORTH_TELLING = 4;

/** How far the outbox is with what was waiting when it could send again. */
export class SendProgress {
  #total = 0;
  #done = 0;

  constructor(
    private readonly services: Pick<Services, 'events'>,
    private readonly identityId: IdentityId,
  ) {}

  /** So many are due or under way now. */
  expect(count: number): void {
    if (this.#total === 0 && count < WORTH_TELLING) return;
    if (this.#done + count <= this.#total) return;
    this.#total = this.#done + count;
    this.#tell();
  }

  /** One try has ended, in whatever way. */
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
