import type { ImapAccount } from '../../ports/imap';
import { scratchAccount } from './scratch-account';

export const testAccount = (): Promise<ImapAccount> => Promise.resolve(scratchAccount());
