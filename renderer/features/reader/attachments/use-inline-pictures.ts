import { useEffect, useState } from 'react';
import { readAttachment } from '../../../actions/messages/save-attachment';
import type { MessageDetail } from '../../../../shared/message';
import type { Services } from '../../../state/services';
import { useServices } from '../../../state/services';
import { drawnType } from './attachment-kind';

const none: ReadonlyMap<string, string> = new Map();

const load = async (services: Services, { summary, attachments }: MessageDetail): Promise<Map<string, string>> => {
  const urls = new Map<string, string>();
  for (const attachment of attachments) {
    const type = drawnType(attachment.contentType);
    const contentId = attachment.contentId?.replace(/^<|>$/gu, '');
    if (type === undefined || contentId === undefined) continue;
    // The words of a picture that cannot be read stand in its place.
    const read = await readAttachment(services, { message: summary, attachment }).catch(() => undefined);
    if (read !== undefined)
      urls.set(contentId, URL.createObjectURL(new Blob([new Uint8Array(read.content)], { type })));
  }
  return urls;
};

/** The pictures that a message's HTML shows within its text, as `blob:` URLs by Content-ID. */
export const useInlinePictures = (detail: MessageDetail): ReadonlyMap<string, string> => {
  const services = useServices();
  const [pictures, setPictures] = useState(none);
  useEffect(() => {
    if (detail.html === undefined || !detail.attachments.some(({ contentId }) => contentId !== undefined))
      return undefined;
    let current = true;
    const loading = load(services, detail);
    void loading.then((urls) => {
      if (current) setPictures(urls);
    });
    return () => {
      current = false;
      void loading.then((urls) => urls.forEach((url) => URL.revokeObjectURL(url)));
    };
  }, [services, detail]);
  return pictures;
};
