import type { StorageUse } from '../../../shared/storage-use';
import { sizeText } from './custody-lines';

/** What takes room on the disk, in lines for a person. */
export function storageLines(use: StorageUse): string[] {
  const { mail, requests, held, trash, keys, fileBytes } = use;
  return [
    `Your mail: ${amount(mail)}`,
    `Requests of strangers: ${amount(requests)} of ${sizeText(requests.limit)} at most`,
    `Kept for others: ${amount(held)}`,
    `Trash: ${amount(trash)}`,
    `Keys of other people: ${String(keys.count)}, ${sizeText(keys.bytes)}`,
    `The file: ${sizeText(fileBytes)}; what is deleted makes room in it`,
  ];
}

function amount({ count, bytes }: { readonly count: number; readonly bytes: number }): string {
  if (count === 0) return 'none';
  return `${count === 1 ? '1 message' : `${String(count)} messages`}, ${sizeText(bytes)}`;
}
