import type { Glance } from '../../../shared/glance';
import { newMailWords } from '../../../shared/arrival/new-mail-words';
import type { NewMail } from '../../../shared/arrival/new-mail-words';

/** Shows a notification, and answers how to take it away again. */
export type ShowNotice = (body: string) => () => void;

const none: NewMail = { count: 0, late: 0 };

/**
 * Tells the desktop of mail that came since the person last looked. Numbers and never a sender: anybody at the screen
 * sees notifications, and some desktops keep them. Behind a locked window not even how many.
 */
export class NewMailNotice {
  readonly #showNotice: ShowNotice;
  /** What the core had counted when the person last looked. */
  #looked = none;
  #heard = none;
  #takeAway: () => void = () => undefined;

  constructor(showNotice: ShowNotice) {
    this.#showNotice = showNotice;
  }

  /** @param looking the person has the window before them */
  follow(glance: Glance, looking: boolean): void {
    const { arrived, notifies, profile } = glance;
    // A core that was started anew counts anew.
    if (arrived.count < this.#heard.count) this.#looked = none;
    const grew = arrived.count > this.#heard.count;
    this.#heard = arrived;
    if (looking) this.looked();
    else if (grew && notifies)
      this.#show(profile === 'window-locked' ? 'There is new mail' : newMailWords(this.#since()));
  }

  /** The person looks: what came until now is not told again. */
  looked(): void {
    this.#looked = this.#heard;
    this.#takeAway();
    this.#takeAway = () => undefined;
  }

  /** Tells that nothing will arrive, after a start that nobody sees. */
  tellLocked(): void {
    this.#show('Posthorn is locked. No mail arrives until you open it and give your passphrase.');
  }

  #since(): NewMail {
    return { count: this.#heard.count - this.#looked.count, late: this.#heard.late - this.#looked.late };
  }

  /** One at a time, the newest with the whole number: a hundred letters are no hundred notifications. */
  #show(body: string): void {
    this.#takeAway();
    this.#takeAway = this.#showNotice(body);
  }
}
