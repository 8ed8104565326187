import type { FlagChange } from '../../domain/clients/message-flags';
import type { ImapEntry } from '../../ports/imap';

/** Whether a message has just those flags that a change should have left it with: nobody else changed it meanwhile. */
export function isAsChanged(
  { before, after }: { readonly before: ImapEntry | undefined; readonly after: ImapEntry },
  { how, flags }: FlagChange,
): boolean {
  const had = new Set(how === 'replace' ? [] : folded(before?.flags ?? []));
  for (const flag of folded(flags)) {
    if (how === 'remove') had.delete(flag);
    else had.add(flag);
  }
  const has = new Set(folded(after.flags));
  return has.size === had.size && [...has].every((flag) => had.has(flag));
}

function folded(flags: readonly string[]): string[] {
  return flags.map((flag) => flag.toLowerCase());
}
