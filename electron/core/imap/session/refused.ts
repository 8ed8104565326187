import type { ImapOutcome } from '../../ports/imap';
import { no, type Tagged } from './tagged';

/** NO, with why the mailbox was left as it is. */
export function refused({ code, text }: Extract<ImapOutcome, { readonly isDone: false }>): Tagged {
  return no(text, code);
}
