import { useState } from 'react';
import type { AttachmentSummary } from '../../../../shared/message';
import { useCore } from '../../../state/services';
import { attachedFrom, AttachmentList, isAdding } from './attachment-list';
import type { Attached, AttachmentItem, AttachmentSource, AttachmentTarget } from './attachment-list';
import { readFile } from './read-file';

export type AttachmentEditor = Attached & {
  readonly busy: boolean;
  readonly addFiles: (files: readonly File[]) => void;
  readonly addSources: (sources: readonly AttachmentSource[]) => void;
  readonly remove: (item: AttachmentItem) => void;
  readonly replaceAll: (attachments: readonly AttachmentSummary[]) => void;
};

/** The attachments of a draft in the composer, and the ways to change them. */
export const useAttachments = (target: AttachmentTarget, first: readonly AttachmentSummary[]): AttachmentEditor => {
  const core = useCore();
  const [attached, setAttached] = useState(() => attachedFrom(first));
  const [list] = useState(() => new AttachmentList({ core, onChange: setAttached }, first));
  const addSources = (sources: readonly AttachmentSource[]) => list.add(sources, target);
  return {
    ...attached,
    busy: isAdding(attached.items),
    addFiles: (files) => addSources(files.map(sourceOf)),
    addSources,
    remove: (item) => list.remove(item, target),
    replaceAll: (attachments) => list.replaceAll(attachments),
  };
};

/** A file as a source; what is pasted has no name. */
const sourceOf = (file: File): AttachmentSource => ({
  filename: file.name.slice(-255) || 'pasted',
  contentType: file.type || 'application/octet-stream',
  size: file.size,
  read: (onProgress) => readFile(file, onProgress),
});
