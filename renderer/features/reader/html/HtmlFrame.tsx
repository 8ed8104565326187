import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { askAboutLink } from '../../../state/questions/link-question';
import { useMarkedHits } from '../../../parts/marks/use-marked-hits';
import { frameDocument } from './frame-document';
import styles from './HtmlFrame.module.css';
import { sanitiseHtml } from './sanitise-html';
import { LINK_ATTRIBUTE } from './seen-words';
import { wordsOf } from './words-of';

const pressedLink = (event: Event): void => {
  // `instanceof` would compare with this window's Element, and the target is the frame's.
  const target = event.target as Element | null;
  const link = target?.closest(`[${LINK_ATTRIBUTE}]`);
  event.preventDefault();
  const url = link?.getAttribute(LINK_ATTRIBUTE);
  if (link && url) askAboutLink({ url, words: wordsOf(link) });
};

/** Keys pressed inside the frame work as if they were pressed around it. */
const passKey = (event: KeyboardEvent): void => {
  const target = event.target as Element | null;
  if (event.key === 'Enter' && target?.hasAttribute(LINK_ATTRIBUTE)) {
    pressedLink(event);
    return;
  }
  const { key, code, ctrlKey, shiftKey, altKey, metaKey } = event;
  const copy = new KeyboardEvent('keydown', {
    key,
    code,
    ctrlKey,
    shiftKey,
    altKey,
    metaKey,
    bubbles: true,
    cancelable: true,
  });
  if (!document.body.dispatchEvent(copy)) event.preventDefault();
};

export type HtmlFrameProps = { readonly html: string; readonly images: ReadonlyMap<string, string> };

/**
 * A message's HTML, sanitised, in a frame without scripts, forms, navigation or popups. `allow-same-origin` is there
 * for this side only: it lets us measure the height and see presses on links. Nothing in the frame can run to make use
 * of it.
 */
export const HtmlFrame = ({ html, images }: HtmlFrameProps) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const observer = useRef<ResizeObserver>(undefined);
  const [body, setBody] = useState<HTMLElement>();
  const markHits = useMarkedHits();
  const source = useMemo(() => frameDocument(sanitiseHtml(window, { html, images })), [html, images]);
  const tie = useCallback(() => {
    const inside = frame.current?.contentDocument;
    if (!inside?.body) return;
    const fit = () => {
      if (frame.current) frame.current.style.height = `${String(inside.documentElement.offsetHeight + 2)}px`;
    };
    inside.addEventListener('click', pressedLink);
    inside.addEventListener('keydown', passKey);
    observer.current?.disconnect();
    observer.current = new ResizeObserver(fit);
    observer.current.observe(inside.body);
    fit();
    setBody(inside.body);
  }, []);
  useEffect(() => (body ? markHits(body) : undefined), [body, markHits]);
  useEffect(() => () => observer.current?.disconnect(), []);
  return (
    <iframe
      ref={frame}
      title="Message text"
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      srcDoc={source}
      onLoad={tie}
      className={styles.frame}
      data-testid="html-frame"
    />
  );
};
