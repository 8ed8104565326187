import { fuzz as addresses } from './targets/addresses';
import { fuzz as backupArchive } from './targets/backup-archive';
import { fuzz as backupRecords } from './targets/backup-records';
import { fuzz as cardText } from './targets/card-text';
import { fuzz as controlMessage } from './targets/control-message';
import { fuzz as decryptedMessage } from './targets/decrypted-message';
import { fuzz as envelopeFacts } from './targets/envelope-facts';
import { fuzz as hkpRequest } from './targets/hkp-request';
import { fuzz as htmlText } from './targets/html-text';
import { fuzz as ipcCall } from './targets/ipc-call';
import { fuzz as keyBlock } from './targets/key-block';
import { fuzz as letter } from './targets/letter';
import { fuzz as links } from './targets/links';
import { fuzz as sealedMessage } from './targets/sealed-message';
import { fuzz as sealedPackets } from './targets/sealed-packets';
import { fuzz as searchText } from './targets/search-text';
import { fuzz as servedMessage } from './targets/served-message';
import { fuzz as smtpReply } from './targets/smtp-reply';
import { fuzz as smtpSession } from './targets/smtp-session';
import { fuzz as vcard } from './targets/vcard';

/** Looks at one input; an error that leaves it, and time without end, are finds. */
export type FuzzTarget = (data: Uint8Array) => Promise<void> | void;

/** By the name of its file, and of the folder of its seeds. */
export const allTargets: Readonly<Record<string, FuzzTarget>> = {
  addresses,
  'backup-archive': backupArchive,
  'backup-records': backupRecords,
  'card-text': cardText,
  'control-message': controlMessage,
  'decrypted-message': decryptedMessage,
  'envelope-facts': envelopeFacts,
  'hkp-request': hkpRequest,
  'html-text': htmlText,
  'ipc-call': ipcCall,
  'key-block': keyBlock,
  letter,
  links,
  'sealed-message': sealedMessage,
  'sealed-packets': sealedPackets,
  'search-text': searchText,
  'served-message': servedMessage,
  'smtp-reply': smtpReply,
  'smtp-session': smtpSession,
  vcard,
};
