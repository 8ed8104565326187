import type { CoreClient } from '../../../bridge/core-client';
import type { DraftContent } from '../../../../shared/message';
import type { AttachmentEditor } from '../attachments/use-attachments';

/** Why a message cannot be sent as it is, in words; nothing when it can. Throws what the core threw. */
export const sendRefusal = async (
  core: CoreClient,
  content: DraftContent,
  attachments: Pick<AttachmentEditor, 'busy' | 'items'>,
): Promise<string | undefined> => {
  const addresses = [...content.to, ...content.cc, ...content.bcc];
  if (addresses.length === 0) return 'Add at least one recipient first.';
  const checks = await Promise.all(addresses.map((text) => core.call('addresses.check', { text })));
  const wrong = checks.filter(({ outcome }) => outcome === 'invalid').length;
  if (wrong > 0)
    return wrong === 1
      ? 'One address is not right. See the line under it.'
      : `${wrong} addresses are not right. See the lines under them.`;
  if (attachments.busy) return 'Wait until all attachments are added, then send.';
  if (attachments.items.some(({ error }) => error !== undefined))
    return 'An attachment could not be added. Remove it or attach it again.';
  return undefined;
};
