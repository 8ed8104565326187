import { useCallback, useRef, useState } from 'react';
import type { AttachmentId, IdentityId, MessageId } from '../../../../shared/ids';
import type { AttachmentSummary } from '../../../../shared/message';
import { errorWords } from '../../../words/error-words';
import { useCore } from '../../../state/services';
import { sizeText } from '../../../words/size-text';
import { readFile } from './read-file';

/** All attachments of a message together. */
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
};

export type AttachmentSource = {
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly read: (onProgress: (octets: number) => void) => Promise<Uint8Array>;
};

export type AttachmentEditor = {
  readonly items: readonly AttachmentItem[];
  readonly busy: boolean;
  /** Why the last files were not taken. */
  readonly refusal: string | undefined;
  readonly addFiles: (files: readonly File[]) => void;
  readonly addSources: (sources: readonly AttachmentSource[]) => void;
  readonly remove: (item: AttachmentItem) => void;
  readonly replaceAll: (attachments: readonly AttachmentSummary[]) => void;
};

type Target = { readonly identityId: IdentityId; readonly store: () => Promise<MessageId> };

/** Keeps the attachments of a draft: adds them one after the other, with progress, within the limit. */
export const useAttachments = (target: Target, first: readonly AttachmentSummary[]): AttachmentEditor => {
  const core = useCore();
  const [items, setItems] = useState<readonly AttachmentItem[]>(() => first.map(storedItem));
  const [refusal, setRefusal] = useState<string>();
  const known = useRef(items);
  const queue = useRef(Promise.resolve());
  const update = useCallback((next: (items: readonly AttachmentItem[]) => readonly AttachmentItem[]) => {
    known.current = next(known.current);
    setItems(known.current);
  }, []);
  const patch = (key: string, change: Partial<AttachmentItem>) =>
    update((all) => all.map((item) => (item.key === key ? { ...item, ...change } : item)));

  const upload = async (key: string, source: AttachmentSource): Promise<void> => {
    try {
      const content = await source.read((octets) => patch(key, { percent: percent(octets, source.size) }));
      const draftId = await target.store();
      const { identityId } = target;
      const { filename, contentType } = source;
      const stored = await core.call('drafts.attach', { identityId, draftId, filename, contentType, content });
      if (known.current.some((item) => item.key === key)) patch(key, { id: stored.id, percent: 100 });
      // Removed while it was being added.
      else await core.call('drafts.detach', { identityId, draftId, attachmentId: stored.id });
    } catch (error) {
      patch(key, { error: error instanceof DOMException ? 'This file could not be read.' : errorWords(error) });
    }
  };
  const addSources = (sources: readonly AttachmentSource[]) => {
    setRefusal(undefined);
    for (const source of sources) {
      const total = heldOctets(known.current);
      if (total + source.size > ATTACHMENT_LIMIT) {
        setRefusal(tooLargeWords(source, total));
        continue;
      }
      const key = crypto.randomUUID();
      update((all) => [
        ...all,
        { key, filename: source.filename, size: source.size, id: undefined, percent: 0, error: undefined },
      ]);
      queue.current = queue.current.then(() => upload(key, source));
    }
  };
  const remove = (item: AttachmentItem) => {
    update((all) => all.filter(({ key }) => key !== item.key));
    setRefusal(undefined);
    if (item.id === undefined) return;
    const { identityId } = target;
    const attachmentId = item.id;
    void target
      .store()
      .then((draftId) => core.call('drafts.detach', { identityId, draftId, attachmentId }))
      .catch((error: unknown) => update((all) => [...all, { ...item, error: errorWords(error) }]));
  };
  return {
    items,
    busy: isBusy(items),
    refusal,
    addFiles: (files) => addSources(files.map(sourceOf)),
    addSources,
    remove,
    replaceAll: (attachments) => update(() => attachments.map(storedItem)),
  };
};

const storedItem = ({ id, filename, size }: AttachmentSummary): AttachmentItem => ({
  key: id,
  filename,
  size,
  id,
  percent: 100,
  error: undefined,
});

/** Octets of everything that the message holds or will hold. */
const heldOctets = (items: readonly AttachmentItem[]): number =>
  items.reduce((sum, item) => sum + (item.error === undefined ? item.size : 0), 0);

const isBusy = (items: readonly AttachmentItem[]): boolean =>
  items.some((item) => item.id === undefined && item.error === undefined);

const percent = (octets: number, size: number): number => (size === 0 ? 100 : Math.floor((octets / size) * 100));

const sourceOf = (file: File): AttachmentSource => ({
  filename: file.name.slice(-255) || 'pasted',
  contentType: file.type || 'application/octet-stream',
  size: file.size,
  read: (onProgress) => readFile(file, onProgress),
});

const tooLargeWords = (source: AttachmentSource, total: number): string => {
  const rest = total === 0 ? '' : ` and ${sizeText(total)} are attached already`;
  return `“${source.filename}” was not attached: it has ${sizeText(source.size)}${rest}. A message can carry ${sizeText(ATTACHMENT_LIMIT)} in all.`;
};
