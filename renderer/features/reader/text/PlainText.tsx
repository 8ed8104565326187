import { Ellipsis } from 'lucide-react';
import { useMemo, useState } from 'react';
import { askAboutLink } from '../../../state/questions/link-question';
import { Icon } from '../../../ui/Icon';
import styles from './PlainText.module.css';
import { splitLinks } from './split-links';
import { textPieces } from './text-pieces';
import { splitQuotes } from '../../../../shared/text/split-quotes';
import { withoutTurns } from '../../../../shared/text/text-direction';

const Linked = ({ text }: { readonly text: string }) => {
  const pieces = useMemo(() => splitLinks(text), [text]);
  return pieces.map((piece, index) =>
    piece.kind === 'text' ? (
      withoutTurns(piece.text)
    ) : (
      <button
        key={`${String(index)}-${piece.url}`}
        type="button"
        role="link"
        className={styles.link}
        dir="ltr"
        data-testid="text-link"
        onClick={() => askAboutLink({ url: piece.url, words: piece.shown })}
      >
        {piece.shown}
      </button>
    ),
  );
};

const SHORT_QUOTE = 3;

const Quote = ({ text }: { readonly text: string }) => {
  const lines = text.split('\n').length;
  const [open, setOpen] = useState(lines <= SHORT_QUOTE);
  return (
    <>
      {lines > SHORT_QUOTE && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="quote-fold"
        >
          <Icon icon={Ellipsis} size={14} />
          {open ? 'Hide quoted text' : `Show quoted text (${String(lines)} lines)`}
        </button>
      )}
      {open && (
        <div className={styles.quote}>
          <Linked text={text.replaceAll(/^> ?/gmu, '')} />
        </div>
      )}
    </>
  );
};

const Piece = ({ text }: { readonly text: string }) => {
  const blocks = useMemo(() => splitQuotes(text), [text]);
  return blocks.map((block, index) =>
    block.kind === 'quote' ? (
      <Quote key={index} text={block.text} />
    ) : (
      <div key={index} className={block.kind === 'signature' ? styles.signature : undefined}>
        <Linked text={block.text} />
      </div>
    ),
  );
};

/**
 * A plain text as it was written: long quotes folded, links that show where they lead instead of going there. A text
 * of an unusual length comes in pieces.
 */
export const PlainText = ({ text }: { readonly text: string }) => {
  const pieces = useMemo(() => textPieces(text), [text]);
  const [shown, setShown] = useState(1);
  return (
    <div className={styles.text} dir="auto" data-selectable data-hits="text" data-testid="message-text">
      {pieces.slice(0, shown).map((piece, index) => (
        <Piece key={index} text={piece} />
      ))}
      {pieces.length > shown && (
        <button type="button" className={styles.fold} onClick={() => setShown(shown + 1)} data-testid="show-more-text">
          <Icon icon={Ellipsis} size={14} />
          {`This message is very long. Show more (part ${String(shown + 1)} of ${String(pieces.length)})`}
        </button>
      )}
    </div>
  );
};
