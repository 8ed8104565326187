import { isPageUrl } from '../program/page-origin';

/** A permission that a page asks for, as Chromium describes it. */
export type MediaRequest = {
  readonly permission: string;
  readonly isMainFrame: boolean;
  readonly url: string;
  readonly mediaTypes: readonly string[];
};

/**
 * The page's leave to see through the camera: given by a call of its own, good for one request, and never for a
 * microphone, a frame inside the page or another page. Without that call even our own page is refused.
 */
export class CameraGrant {
  #open = false;

  /** Gives leave for the next request, or takes it back. */
  set(open: boolean): void {
    this.#open = open;
  }

  /** Whether this request is the one that leave was given for; the leave is used up by it. */
  take({ permission, isMainFrame, url, mediaTypes }: MediaRequest): boolean {
    if (!this.#open || permission !== 'media') return false;
    this.#open = false;
    return isMainFrame && isPageUrl(url) && mediaTypes.length === 1 && mediaTypes[0] === 'video';
  }
}
