/** What arrived since the person last looked; `late` of it was written days before. */
export type NewMail = { readonly count: number; readonly late: number };

/** `3 new messages, 2 of them written days ago`: numbers and never a sender, anybody at the screen may read it. */
export function newMailWords({ count, late }: NewMail): string {
  const words = count === 1 ? 'One new message' : `${String(count)} new messages`;
  if (late === 0) return words;
  return `${words}, ${count === 1 ? '' : `${late === count ? 'all' : String(late)} of them `}written days ago`;
}
