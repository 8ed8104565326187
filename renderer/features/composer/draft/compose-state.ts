import { isSameMailbox } from '../../../../shared/address/mailbox-of';
import { recipientsIn } from '../../../../shared/address/recipients-in';
import type { DraftContent } from '../../../../shared/message';
import { present } from '../../../../shared/present';

export const RECIPIENT_KINDS = ['to', 'cc', 'bcc'] as const;
export type RecipientKind = (typeof RECIPIENT_KINDS)[number];

/** One recipient field: addresses that are tokens, and what is being typed after them. */
export type RecipientEntry = { readonly tokens: readonly string[]; readonly typing: string };

/** Everything a person can change in a composer, apart from attachments and the sender. */
export type ComposeState = {
  readonly recipients: Readonly<Record<RecipientKind, RecipientEntry>>;
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo: DraftContent['inReplyTo'];
};

/** The entry with every address of a text as a token, each mailbox once; what was being typed is gone. */
export const withTokens = (entry: RecipientEntry, text: string): RecipientEntry => ({
  tokens: recipientsIn(text).reduce(withMailbox, entry.tokens),
  typing: '',
});

const withMailbox = (tokens: readonly string[], token: string): readonly string[] =>
  tokens.some((known) => isSameMailbox(known, token)) ? tokens : [...tokens, token];

/** Puts stored content into the fields. */
export const stateOf = (content: DraftContent): ComposeState => ({
  recipients: {
    to: { tokens: content.to, typing: '' },
    cc: { tokens: content.cc, typing: '' },
    bcc: { tokens: content.bcc, typing: '' },
  },
  subject: content.subject,
  text: content.text,
  inReplyTo: content.inReplyTo,
});

/** What is stored: half-typed addresses too, so that a crash loses nothing. */
export const contentOf = (state: ComposeState): DraftContent => ({
  to: allOf(state.recipients.to),
  cc: allOf(state.recipients.cc),
  bcc: allOf(state.recipients.bcc),
  subject: state.subject,
  text: state.text,
  ...present({ inReplyTo: state.inReplyTo }),
});

/** Makes tokens of everything that is still being typed. */
export const settleRecipients = (state: ComposeState): ComposeState => ({
  ...state,
  recipients: {
    to: { tokens: allOf(state.recipients.to), typing: '' },
    cc: { tokens: allOf(state.recipients.cc), typing: '' },
    bcc: { tokens: allOf(state.recipients.bcc), typing: '' },
  },
});

/** Nothing worth keeping. */
export const isBlank = (content: DraftContent): boolean =>
  content.to.length + content.cc.length + content.bcc.length === 0 &&
  content.subject.trim() === '' &&
  content.text.trim() === '';

const allOf = (entry: RecipientEntry): string[] => [...withTokens(entry, entry.typing).tokens];
