import { IdentityFields } from './IdentityFields';
import type { IdentityDraft } from './IdentityFields';
import { localPartProblem } from '../../words/local-part-problem';
import { paperProblem, PaperWordsField } from './PaperWordsField';

/** An identity that is made of a paper key, as typed. */
export type PaperDraft = IdentityDraft & { readonly words: string };

/** Whether it can be handed to the core. */
export const isPaperDraftWhole = ({ words, localPart }: PaperDraft): boolean =>
  paperProblem(words) === undefined && localPartProblem(localPart) === undefined;

export type PaperIdentityFieldsProps = {
  readonly value: PaperDraft;
  readonly onChange: (value: PaperDraft) => void;
  /** Shows what is missing: after the first try to submit. */
  readonly strict: boolean;
  /** What the core said of the words. */
  readonly refusal?: string | undefined;
};

/** The 24 words, and what else an identity needs. */
export const PaperIdentityFields = ({ value, onChange, strict, refusal }: PaperIdentityFieldsProps) => (
  <>
    <PaperWordsField
      value={value.words}
      onChange={(words) => onChange({ ...value, words })}
      strict={strict}
      refusal={refusal}
    />
    <IdentityFields value={value} onChange={(draft) => onChange({ ...value, ...draft })} strict={strict} fromPaper />
  </>
);
