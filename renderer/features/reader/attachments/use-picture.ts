import { useEffect, useState } from 'react';
import { readAttachment } from '../../../actions/messages/save-attachment';
import type { AttachmentSummary, MessageSummary } from '../../../../shared/message';
import { useServices } from '../../../state/services';
import { drawnType } from './attachment-kind';

export type Picture = { readonly state: 'loading' | 'failed' } | { readonly state: 'ready'; readonly url: string };

type Of = { readonly message: MessageSummary; readonly attachment: AttachmentSummary | undefined };

/** A picture among the attachments as a `blob:` URL, which is given back when it is no longer shown. */
export const usePicture = ({ message, attachment }: Of): Picture => {
  const services = useServices();
  const [picture, setPicture] = useState<Picture>({ state: 'loading' });
  useEffect(() => {
    const type = attachment && drawnType(attachment.contentType);
    if (!attachment || type === undefined) return undefined;
    let url: string | undefined;
    let current = true;
    readAttachment(services, { message, attachment }).then(
      ({ content }) => {
        if (!current) return;
        url = URL.createObjectURL(new Blob([new Uint8Array(content)], { type }));
        setPicture({ state: 'ready', url });
      },
      () => setPicture({ state: 'failed' }),
    );
    return () => {
      current = false;
      setPicture({ state: 'loading' });
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [services, message, attachment]);
  return picture;
};
