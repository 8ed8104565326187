import { devicePorts, type DeviceKind } from '../../../../shared/programs/device';
import { mbsyncrc, msmtprc, type MailServer } from '../programs/mail-files';
import type { Setup } from '../programs/program-setup';

/** What the settings of a device need. What was shown already is `undefined`. */
export type DeviceLogin = {
  readonly user: string;
  readonly password: string | undefined;
  readonly onion: string;
  /** As tor keeps it in a file. */
  readonly keyLine: string | undefined;
};

/** How to set a device up. */
export const deviceSetup = (kind: DeviceKind, login: DeviceLogin): Setup => setups[kind](login);

/** Where Debian's tor takes streams. */
const SOCKS_PORT = 9050;
const IMAP = String(devicePorts.imap);
const SMTP = String(devicePorts.submission);

const byHand = ({ onion }: DeviceLogin): readonly string[] => [
  `Incoming: IMAP, server ${onion}, port ${IMAP}, security «None», normal password.`,
  `Outgoing: SMTP, the same server, port ${SMTP}, security «None», normal password.`,
];
const lastWords =
  'Where it warns that nothing is encrypted, accept that: Tor encrypts the whole way to this computer. Leave OpenPGP off in the mail program, since Posthorn seals and signs what you send.';

const setups: Readonly<Record<DeviceKind, (login: DeviceLogin) => Setup>> = {
  phone: (login) => ({
    steps: [
      'On the phone, install Orbot, and a mail program: K-9 Mail, Thunderbird or FairEmail.',
      'In Orbot, tap «More», then the client authorization of onion services. Tap +, and give it the server’s name and the key above. A file that ends in .auth_private, with the line of the key in it, can be imported there, too.',
      'Connect Orbot, and choose the mail program among the apps that go by Tor.',
      'In the mail program, add an account by hand, with the user name as the address, and the password.',
      ...byHand(login),
      lastWords,
    ],
    files: [],
  }),
  computer: (login) => ({
    steps: [
      'On the other computer, install tor, and for mbsync torsocks. On Debian and Ubuntu the first lines below give tor the key, and make the folder that mbsync fills.',
      'mbsync and msmtp take the two files as they are; nobody else may read them (chmod 600). To fetch mail, run «torsocks mbsync -a». msmtp finds tor by itself.',
      `Thunderbird goes by Tor when its connection settings have the SOCKS v5 host 127.0.0.1, port ${String(SOCKS_PORT)}, with «Proxy DNS», and network.dns.blockDotOnion is false in its Config Editor. Then add an account by hand.`,
      ...byHand(login),
      lastWords,
    ],
    files: [
      { name: 'Terminal', text: firstCommands(login) },
      { name: '~/.mbsyncrc', text: mbsyncrc(serverOf(login)) },
      { name: '~/.msmtprc', text: msmtprc(serverOf(login)) },
    ],
  }),
};

const serverOf = ({ onion, user, password }: DeviceLogin): MailServer => ({
  host: onion,
  imapPort: devicePorts.imap,
  submissionPort: devicePorts.submission,
  user,
  password,
  remark: 'Tor encrypts.',
  socksPort: SOCKS_PORT,
});

const firstCommands = ({ keyLine = 'THE-KEY' }: DeviceLogin): string =>
  [
    'sudo install -d -o debian-tor -m 700 /var/lib/tor/onion-auth',
    `echo '${keyLine}' | sudo install -o debian-tor -m 600 /dev/stdin /var/lib/tor/onion-auth/posthorn.auth_private`,
    "echo 'ClientOnionAuthDir /var/lib/tor/onion-auth' | sudo tee -a /etc/tor/torrc",
    'sudo systemctl restart tor',
    'mkdir -p ~/Mail/posthorn',
    '',
  ].join('\n');
