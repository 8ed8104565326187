import type { AttachmentId, IdentityId, MessageId } from '../../../../shared/ids';
import type { AttachedFile, AttachmentSummary } from '../../../../shared/message';
import { errorWords } from '../../../words/error-words';
import { sizeText } from '../../../words/size-text';
import type { Services } from '../../../state/services';
import { isolated } from '../../../../shared/text/text-direction';

/** All attachments of a message together, in octets: what the core takes for one message. */
export const ATTACHMENT_LIMIT = 25 * 1_024 * 1_024;

/** An attachment in the composer. `id` is there once the draft holds it. */
export type AttachmentItem = {
  readonly key: string;
  readonly filename: string;
  readonly size: number;
  readonly id: AttachmentId | undefined;
  /** Percent read so far while it is being added. */
  readonly percent: number;
  readonly error: string | undefined;
  /** What the person should know about the file as it will be sent. */
  readonly note?: string | undefined;
};

export type AttachmentSource = {
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly read: (onProgress: (octets: number) => void) => Promise<Uint8Array>;
};

/** The draft that the attachments belong to; `store` makes sure that it is stored and answers its id. */
export type AttachmentTarget = { readonly identityId: IdentityId; readonly store: () => Promise<MessageId> };

/** What the composer shows: the attachments, and why the last files were not taken. */
export type Attached = { readonly items: readonly AttachmentItem[]; readonly refusal: string | undefined };

type Wiring = { readonly core: Services['core']; readonly onChange: (attached: Attached) => void };

/**
 * The attachments of a draft. It adds them one after the other, so that two large files are not in memory at once, and
 * keeps the sum within what a message can carry.
 */
export class AttachmentList {
  readonly #wiring: Wiring;
  #attached: Attached;
  #queue: Promise<void> = Promise.resolve();

  constructor(wiring: Wiring, first: readonly AttachmentSummary[]) {
    this.#wiring = wiring;
    this.#attached = attachedFrom(first);
  }

  get attached(): Attached {
    return this.#attached;
  }

  /** Adds files to a draft, in their order; one that does not fit beside the others is refused, and the rest go on. */
  add(sources: readonly AttachmentSource[], target: AttachmentTarget): void {
    this.#change({ refusal: undefined });
    for (const source of sources) {
      const total = heldOctets(this.#attached.items);
      if (total + source.size > ATTACHMENT_LIMIT) {
        this.#change({ refusal: tooLargeWords(source, total) });
        continue;
      }
      const { filename, size } = source;
      const key = crypto.randomUUID();
      this.#update((all) => [...all, { key, filename, size, id: undefined, percent: 0, error: undefined }]);
      this.#queue = this.#queue.then(() => this.#upload(key, source, target));
    }
  }

  /** Takes one away, also while it is being added; one that the core does not take away comes back with the reason. */
  remove(item: AttachmentItem, target: AttachmentTarget): void {
    this.#change({ items: this.#attached.items.filter(({ key }) => key !== item.key), refusal: undefined });
    const { id: attachmentId } = item;
    if (attachmentId === undefined) return;
    void target
      .store()
      .then((draftId) => this.#detach(target.identityId, draftId, attachmentId))
      .catch((error: unknown) => this.#update((all) => [...all, { ...item, error: errorWords(error) }]));
  }

  /** Shows what a draft of another identity holds: the copy of this one. */
  replaceAll(attachments: readonly AttachmentSummary[]): void {
    this.#change({ items: attachments.map(storedItem) });
  }

  async #upload(key: string, source: AttachmentSource, target: AttachmentTarget): Promise<void> {
    const { core } = this.#wiring;
    const { identityId } = target;
    try {
      const { filename, contentType } = source;
      const content = await source.read((octets) => this.#patch(key, { percent: percentOf(octets, source.size) }));
      const draftId = await target.store();
      const stored = await core.call('drafts.attach', { identityId, draftId, filename, contentType, content });
      if (this.#has(key)) this.#patch(key, { id: stored.id, percent: 100, size: stored.size, note: noteOn(stored) });
      // It was removed while it was being added.
      else await this.#detach(identityId, draftId, stored.id);
    } catch (error) {
      this.#patch(key, { error: error instanceof DOMException ? 'This file could not be read.' : errorWords(error) });
    }
  }

  async #detach(identityId: IdentityId, draftId: MessageId, attachmentId: AttachmentId): Promise<void> {
    await this.#wiring.core.call('drafts.detach', { identityId, draftId, attachmentId });
  }

  #has(key: string): boolean {
    return this.#attached.items.some((item) => item.key === key);
  }

  #patch(key: string, change: Partial<AttachmentItem>): void {
    this.#update((all) => all.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #update(next: (items: readonly AttachmentItem[]) => readonly AttachmentItem[]): void {
    this.#change({ items: next(this.#attached.items) });
  }

  #change(change: Partial<Attached>): void {
    this.#attached = { ...this.#attached, ...change };
    this.#wiring.onChange(this.#attached);
  }
}

/** What a draft holds already, as the composer shows it. */
export const attachedFrom = (attachments: readonly AttachmentSummary[]): Attached => ({
  items: attachments.map(storedItem),
  refusal: undefined,
});

/** Whether something is still being added. */
export const isAdding = (items: readonly AttachmentItem[]): boolean =>
  items.some((item) => item.id === undefined && item.error === undefined);

const storedItem = ({ id, filename, size, ...file }: AttachedFile): AttachmentItem => ({
  note: noteOn({ filename, ...file }),
  key: id,
  filename,
  size,
  id,
  percent: 100,
  error: undefined,
});

/** Files of these kinds carry the name of who wrote them, which is not taken out. */
const NAMES_AUTHOR = /\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|pages|numbers|key)$/iu;

const noteOn = ({
  filename,
  detailsRemoved,
  detailsMayBeLeft,
}: Pick<AttachedFile, 'filename' | 'detailsRemoved' | 'detailsMayBeLeft'>): string | undefined => {
  if (detailsMayBeLeft) return 'Place and camera details may still be in this picture';
  if (detailsRemoved) return 'Place and camera details were removed';
  return NAMES_AUTHOR.test(filename) ? 'May name its author' : undefined;
};

/** Octets of everything that the message holds or will hold. */
const heldOctets = (items: readonly AttachmentItem[]): number =>
  items.reduce((sum, item) => sum + (item.error === undefined ? item.size : 0), 0);

const percentOf = (octets: number, size: number): number => (size === 0 ? 100 : Math.floor((octets / size) * 100));

const tooLargeWords = (source: AttachmentSource, total: number): string => {
  const rest = total === 0 ? '' : ` and ${sizeText(total)} are attached already`;
  return `“${isolated(source.filename)}” was not attached: it has ${sizeText(source.size)}${rest}. A message can carry ${sizeText(ATTACHMENT_LIMIT)} in all.`;
};
