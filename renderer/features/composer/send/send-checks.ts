/** Something worth a polite question before a message leaves. */
export type SendDoubt = 'empty-subject' | 'empty-message' | 'missing-attachment';

export const sendDoubtWords: Readonly<Record<SendDoubt, string>> = {
  'empty-subject': 'It has no subject.',
  'empty-message': 'It has no text.',
  'missing-attachment': 'The text speaks of an attachment, but nothing is attached.',
};

const speaksOfAttachment =
  /\b(attach(ed|ing|ment|ments)?|enclos(ed|ing|ure)|anbei|angehängt|anhang|anhänge|beigefügt|ci-joint|pièce jointe|adjunt[oa]s?)\b/iu;

/** What the person may have forgotten; only their own words count, not what they quote. */
export const sendDoubts = (draft: { subject: string; text: string; attachmentCount: number }): readonly SendDoubt[] => {
  const own = ownWords(draft.text);
  const doubts: SendDoubt[] = [];
  if (draft.subject.trim() === '') doubts.push('empty-subject');
  if (own.trim() === '' && draft.attachmentCount === 0) doubts.push('empty-message');
  if (draft.attachmentCount === 0 && (speaksOfAttachment.test(own) || speaksOfAttachment.test(draft.subject)))
    doubts.push('missing-attachment');
  return doubts;
};

const ownWords = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n');
