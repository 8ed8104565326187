import { File, FileArchive, FileAudio, FileImage, FileKey, FileSpreadsheet, FileText, FileVideo } from 'lucide-react';
import type { IconType } from '../../../ui/Icon';

/** Picture formats that the window draws itself. SVG is a program in disguise and is only saved. */
const DRAWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

const kinds: readonly (readonly [RegExp, IconType])[] = [
  [/^image\//u, FileImage],
  [/^audio\//u, FileAudio],
  [/^video\//u, FileVideo],
  [/^application\/pgp-keys/u, FileKey],
  [/zip|tar|compressed|7z|rar/u, FileArchive],
  [/spreadsheet|excel|csv/u, FileSpreadsheet],
  [/^text\/|pdf|word|document|rtf/u, FileText],
];

const bare = (contentType: string): string => contentType.split(';')[0]?.trim().toLowerCase() ?? '';

/** The icon for a kind of file. */
export const attachmentIcon = (contentType: string): IconType =>
  kinds.find(([pattern]) => pattern.test(bare(contentType)))?.[1] ?? File;

/** The media type under which a picture may be drawn in the window, or undefined when it may not. */
export const drawnType = (contentType: string): string | undefined => {
  const type = bare(contentType);
  return DRAWN.has(type) ? type : undefined;
};
