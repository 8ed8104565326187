import { wordlist } from '@scure/bip39/wordlists/english.js';
import { TextArea } from '../../ui/fields/TextArea';
import { PAPER_WORD_COUNT, paperWordsIn, paperWordsProblem } from '../../words/paper-words';

/** Every word that a paper key can have (BIP 39, English). */
const KNOWN: ReadonlySet<string> = new Set(wordlist);

/** What keeps typed words from being a paper key, as far as the window can tell; the checksum is the core’s. */
export const paperProblem = (text: string): string | undefined =>
  paperWordsProblem(text, { known: KNOWN, typing: false });

export type PaperWordsFieldProps = {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Says that words are missing too: after the first try to submit. */
  readonly strict: boolean;
  /** What the core said of these words. */
  readonly refusal?: string | undefined;
  readonly disabled?: boolean;
};

/** The 24 words of a paper key, each checked when it is finished, and counted. */
export const PaperWordsField = ({ value, onChange, strict, refusal, disabled = false }: PaperWordsFieldProps) => {
  const count = paperWordsIn(value).length;
  return (
    <TextArea
      label="The 24 words, in their order"
      mono
      rows={5}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={paperWordsProblem(value, { known: KNOWN, typing: !strict }) ?? refusal}
      hint={
        count === PAPER_WORD_COUNT
          ? 'All 24 words are there.'
          : `${count} of ${PAPER_WORD_COUNT} words. Numbers and line breaks do no harm.`
      }
      disabled={disabled}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="none"
      maxLength={1_000}
      autoFocus
      data-testid="paper-words"
    />
  );
};
