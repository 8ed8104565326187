/** Where a program of the terminal finds mail, and as whom it logs in. */
export type MailServer = {
  readonly host: string;
  readonly imapPort: number;
  readonly submissionPort: number;
  readonly user: string;
  /** Undefined when it was shown already. */
  readonly password: string | undefined;
  /** Why nothing is encrypted, as a sentence. */
  readonly remark: string;
  /** A SOCKS port of this machine by which msmtp goes; mbsync goes by torsocks then. */
  readonly socksPort?: number;
};

/** Stands where a password was, once it is gone. */
export const GONE = 'THE-PASSWORD';

/** In quotes, with nothing in it that mutt or mbsync would replace: a name may have a `$` or a backtick. */
export const quoted = (text: string): string => `"${text.replace(/[\\"$`]/gu, '\\$&')}"`;

/** Before PLAIN the library of mbsync looks its computer's own name up, which torsocks would ask an exit of Tor. */
const authentication = (isByTor: boolean): readonly string[] =>
  isByTor ? ['# PLAIN would tell the name of this computer to Tor.', 'AuthMechs LOGIN'] : ['AuthMechs PLAIN'];

/** `~/.mbsyncrc` for all mail in a Maildir. */
export const mbsyncrc = ({ host, user, password = GONE, imapPort, socksPort }: MailServer): string =>
  [
    'IMAPAccount posthorn',
    `Host ${host}`,
    `Port ${String(imapPort)}`,
    `User ${quoted(user)}`,
    `Pass ${password}`,
    '# Since isync 1.5 this is called TLSType; it takes the old name, too.',
    'SSLType None',
    ...authentication(socksPort !== undefined),
    '',
    'IMAPStore posthorn-remote',
    'Account posthorn',
    '',
    'MaildirStore posthorn-local',
    'Path ~/Mail/posthorn/',
    'Inbox ~/Mail/posthorn/INBOX',
    'SubFolders Verbatim',
    '',
    'Channel posthorn',
    'Far :posthorn-remote:',
    'Near :posthorn-local:',
    'Patterns *',
    'Create Both',
    'Expunge Both',
    'SyncState *',
    '',
  ].join('\n');

/** `~/.msmtprc` to send. */
export const msmtprc = ({ host, user, password = GONE, submissionPort, remark, socksPort }: MailServer): string =>
  [
    'account default',
    `host ${host}`,
    `port ${String(submissionPort)}`,
    ...(socksPort === undefined ? [] : ['proxy_host 127.0.0.1', `proxy_port ${String(socksPort)}`]),
    `from ${user}`,
    'auth plain',
    `user ${user}`,
    `password ${password}`,
    `# ${remark}`,
    'tls off',
    '',
  ].join('\n');
