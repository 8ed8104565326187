import type { LoginOutcome } from '../../../actions/programs/add-program';
import type { MailForm, MailProgram, ProgramConnection, ProgramKind } from '../../../../shared/programs/mail-program';
import { isolated } from '../../../../shared/text/text-direction';
import { timeText } from '../../../words/date-text';

/** What a program is called before the person says so. */
export const kindName: Readonly<Record<ProgramKind, string>> = {
  thunderbird: 'Thunderbird',
  mutt: 'mutt',
  'apple-mail': 'Apple Mail',
  other: 'Mail program',
};

/** The choice of a program, in the order of the list. */
export const kindOptions: readonly { readonly value: ProgramKind; readonly label: string }[] = [
  { value: 'thunderbird', label: 'Thunderbird' },
  { value: 'mutt', label: 'mutt, mbsync and msmtp' },
  { value: 'apple-mail', label: 'Apple Mail' },
  { value: 'other', label: 'Another program' },
];

export const formOptions: readonly { readonly value: MailForm; readonly label: string; readonly hint: string }[] = [
  {
    value: 'unsealed',
    label: 'As text that it can show',
    hint: 'The program gets what you read here. Whoever can read its files can read your mail. Right for most.',
  },
  {
    value: 'sealed',
    label: 'Sealed, as it came',
    hint: 'The program gets OpenPGP messages and needs your secret key to open them. Subjects are hidden, too.',
  },
];

/** What a program gets, in a few words. */
export const formText: Readonly<Record<MailForm, string>> = {
  unsealed: 'gets mail as text',
  sealed: 'gets mail sealed',
};

/** When a program was there last. */
export const lastUse = ({ lastUsedAt }: Pick<MailProgram, 'lastUsedAt'>, now: number): string =>
  lastUsedAt === undefined ? 'has not logged in yet' : `last here ${timeText(lastUsedAt, now)}`;

/** `reads as alice since 14:32`. */
export const connectionText = (
  { protocol, since }: ProgramConnection,
  { identity, now }: { readonly identity: string; readonly now: number },
): string => `${protocol === 'imap' ? 'reads' : 'sends'} as ${isolated(identity)} since ${timeText(since, now)}`;

type OutcomeWords = { readonly tone: 'good' | 'warning' | 'danger'; readonly text: string };

/** What came of a login. */
export const outcomeWords: Readonly<Record<LoginOutcome, OutcomeWords>> = {
  'logged-in': { tone: 'good', text: 'It works: Posthorn let this password in and showed its folders.' },
  refused: { tone: 'danger', text: 'Posthorn did not let this password in. Remove the program and add it again.' },
  'not-listening': {
    tone: 'warning',
    text: 'Nobody can come in yet: other mail programs are turned off, or another program has the port.',
  },
  'no-answer': {
    tone: 'warning',
    text: 'The port gave no answer. Your mail is as it was; wait a minute and try again.',
  },
};
