import { useState } from 'react';
import type { MessageDetail, MessageSummary } from '../../../shared/message';
import { Banner } from '../../ui/Banner';
import { Attachments } from './attachments/Attachments';
import { isDrawableHtml } from './html/drawable-html';
import { HtmlFrame } from './html/HtmlFrame';
import { IntroducedPeople } from './IntroducedPeople';
import styles from './MessageCard.module.css';
import { PlainText } from './text/PlainText';
import { droppedSince } from './sender/request-words';
import { useInlinePictures } from './attachments/use-inline-pictures';

type Format = 'html' | 'text';
const formats: readonly { readonly value: Format; readonly label: string }[] = [
  { value: 'html', label: 'Formatted' },
  { value: 'text', label: 'Plain text' },
];

const Html = ({ detail, html }: { readonly detail: MessageDetail; readonly html: string }) => {
  const images = useInlinePictures(detail);
  return <HtmlFrame html={html} images={images} />;
};

const FormatSwitch = ({ value, onChange }: { readonly value: Format; readonly onChange: (value: Format) => void }) => (
  <div className={styles.formats}>
    <div className={styles.toggle} role="radiogroup" aria-label="How to show this message">
      {formats.map((format) => (
        <button
          key={format.value}
          type="button"
          role="radio"
          aria-checked={value === format.value}
          onClick={() => onChange(format.value)}
          data-testid={`format-${format.value}`}
        >
          {format.label}
        </button>
      ))}
    </div>
  </div>
);

/** What was not kept of somebody who was a stranger; of one who still is, the banner tells it. */
const Dropped = ({ message: { folder, droppedAttachments } }: { readonly message: MessageSummary }) => {
  if (folder === 'requests' || droppedAttachments === undefined) return null;
  return (
    <p className={styles.dropped} data-testid="dropped-attachments">
      {droppedSince(droppedAttachments)}
    </p>
  );
};

export type MessageBodyProps = {
  /** As it stands now; the one of the detail is of when it was read. */
  readonly message: MessageSummary;
  readonly detail: MessageDetail;
};

/** What a message says: its HTML where it has some, with a switch to the plain text; then its files. */
export const MessageBody = ({ message, detail }: MessageBodyProps) => {
  const [format, setFormat] = useState<Format>('html');
  // Strangers get no more than their words on the screen.
  const wanted = message.folder === 'requests' ? undefined : detail.html;
  const html = wanted !== undefined && isDrawableHtml(wanted) ? wanted : undefined;
  return (
    <>
      {wanted !== undefined && html === undefined && (
        <div className={styles.notice}>
          <Banner testId="html-refused">
            The formatting of this message is too large to be shown. This is its plain text.
          </Banner>
        </div>
      )}
      {html !== undefined && <FormatSwitch value={format} onChange={setFormat} />}
      {html !== undefined && format === 'html' ? (
        <Html detail={detail} html={html} />
      ) : (
        <PlainText text={detail.text} />
      )}
      <IntroducedPeople detail={detail} />
      <Attachments detail={detail} />
      <Dropped message={message} />
    </>
  );
};
