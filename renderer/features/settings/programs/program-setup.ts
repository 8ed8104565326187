import type { ProgramKind } from '../../../../shared/programs/mail-program';
import { GONE, mbsyncrc, msmtprc, quoted, type MailServer } from './mail-files';

/** What the settings of a program need. The password is `undefined` when it was shown already. */
export type Login = {
  readonly user: string;
  readonly password: string | undefined;
  readonly imapPort: number;
  readonly submissionPort: number;
};

/** A file that can be copied as it is. */
export type SetupFile = { readonly name: string; readonly text: string };

export type Setup = { readonly steps: readonly string[]; readonly files: readonly SetupFile[] };

/** How to set a program up. */
export const setupOf = (kind: ProgramKind, login: Login): Setup => setups[kind](login);

const setups: Readonly<Record<ProgramKind, (login: Login) => Setup>> = {
  thunderbird: ({ imapPort, submissionPort }) => ({
    steps: [
      'In Thunderbird, open Account Settings, then Account Actions, Add Mail Account. Type your name, the user name above as the email address, and the password. Then choose «Configure manually».',
      `Incoming: IMAP, hostname 127.0.0.1, port ${String(imapPort)}, connection security «None», authentication «Normal password».`,
      `Outgoing: hostname 127.0.0.1, port ${String(submissionPort)}, connection security «None», authentication «Normal password».`,
      'Press «Done». Thunderbird warns that the connection is not encrypted: it does not leave this computer, so accept that.',
      'Leave end-to-end encryption off in Thunderbird. Posthorn seals and signs what you send.',
    ],
    files: [],
  }),
  mutt: (login) => ({
    steps: [
      'For mutt alone, copy the first file.',
      'For mail on the disk, copy the other two: mbsync fetches and puts back, msmtp sends.',
      'These files hold the password: let nobody else read them (chmod 600). mbsync wants its folder to be there: mkdir -p ~/Mail/posthorn',
    ],
    files: [
      { name: '~/.config/mutt/muttrc', text: muttrc(login) },
      { name: '~/.mbsyncrc', text: mbsyncrc(here(login)) },
      { name: '~/.msmtprc', text: msmtprc(here(login)) },
    ],
  }),
  'apple-mail': ({ imapPort, submissionPort }) => ({
    steps: [
      'In Mail, open Settings, Accounts, and press +. Choose «Other Mail Account…», and type your name, the user name above as the address, and the password. Mail says that it cannot verify this; go on.',
      'Account type IMAP, incoming and outgoing server both 127.0.0.1, with the user name and the password above.',
      `Then, under Server Settings, turn off «Automatically manage connection settings» for both: port ${String(imapPort)} for incoming and ${String(submissionPort)} for outgoing, no TLS, authentication «Password», and allow insecure authentication. Nothing leaves this computer.`,
    ],
    files: [],
  }),
  other: ({ imapPort, submissionPort }) => ({
    steps: [
      `Reading: IMAP, server 127.0.0.1, port ${String(imapPort)}, no encryption, normal password.`,
      `Sending: SMTP, server 127.0.0.1, port ${String(submissionPort)}, no encryption, normal password.`,
      'Turn off encryption and signing in the program if it offers them: Posthorn seals and signs what you send.',
    ],
    files: [],
  }),
};

const here = (login: Login): MailServer => ({
  ...login,
  host: '127.0.0.1',
  remark: 'The connection does not leave this computer.',
});

const muttrc = ({ user, password = GONE, imapPort, submissionPort }: Login): string =>
  [
    `set from = ${quoted(user)}`,
    `set folder = "imap://127.0.0.1:${String(imapPort)}/"`,
    `set imap_user = ${quoted(user)}`,
    `set imap_pass = "${password}"`,
    'set spoolfile = "+INBOX"',
    'set postponed = "+Drafts"',
    '# Posthorn keeps what you send.',
    'set copy = no',
    `set smtp_url = ${quoted(`smtp://${encodeURIComponent(user)}@127.0.0.1:${String(submissionPort)}/`)}`,
    `set smtp_pass = "${password}"`,
    'set smtp_authenticators = "plain"',
    '# The connection does not leave this computer.',
    'set ssl_starttls = no',
    'set ssl_force_tls = no',
    '',
  ].join('\n');
