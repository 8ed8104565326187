/** Mail programs for a command line, as Debian packages them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FROM, TO, box, file, has, run, sendmail, sent } from './letter-box.mjs';

const muttrc = (more) =>
  file(
    'muttrc',
    [
      `set from="${FROM}"`,
      'set use_from=yes',
      'set use_envelope_from=no',
      'set copy=no',
      'set record=""',
      `set sendmail="${sendmail}"`,
      'set hostname="example.onion"',
      'set charset="utf-8"',
      'set realname=""',
      ...more,
    ].join('\n'),
  );
const mutt =
  (program, more) =>
  ({ subject, text, files = [] }) => {
    const attached = files.length > 0 ? ['-a', ...files, '--'] : ['--'];
    run(program, ['-n', '-F', muttrc(more), '-s', subject, ...attached, TO], { input: text });
  };
/** Each writes one letter; false where it is not installed. */
export const mailPrograms = {
  mutt: has('mutt') && mutt('mutt', []),
  'mutt-flowed': has('mutt') && mutt('mutt', ['set text_flowed=yes']),
  'mutt-latin1':
    has('mutt') && mutt('mutt', ['set send_charset="us-ascii:iso-8859-1:iso-8859-2:koi8-r:iso-2022-jp:utf-8"']),
  'mutt-8bit': has('mutt') && mutt('mutt', ['set allow_8bit=yes', 'set rfc2047_parameters=yes']),
  neomutt: has('neomutt') && mutt('neomutt', []),
  's-nail':
    has('s-nail') &&
    (({ subject, text, files = [] }) =>
      run(
        's-nail',
        [
          '-:',
          '/',
          '-S',
          `mta=${sendmail}`,
          '-S',
          `from=${FROM}`,
          '-S',
          'ttycharset=utf-8',
          '-S',
          'sendwait',
          '-S',
          'v15-compat',
          ...files.flatMap((path) => ['-a', path]),
          '-s',
          subject,
          TO,
        ],
        { input: text },
      )),
  's-nail-latin1':
    has('s-nail') &&
    (({ subject, text, files = [] }) =>
      run(
        's-nail',
        [
          '-:',
          '/',
          '-S',
          `mta=${sendmail}`,
          '-S',
          `from=${FROM}`,
          '-S',
          'ttycharset=utf-8',
          '-S',
          'sendcharsets=iso-8859-1,koi8-r,utf-8',
          '-S',
          'mime-encoding=quoted-printable',
          '-S',
          'sendwait',
          '-S',
          'v15-compat',
          ...files.flatMap((path) => ['-a', path]),
          '-s',
          subject,
          TO,
        ],
        { input: text },
      )),
  'bsd-mailx':
    has('bsd-mailx') &&
    (({ subject, text, files }) =>
      files ??
      run('bsd-mailx', ['-s', subject, '-a', `From: ${FROM}`, TO], {
        input: text,
        env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: box, MAILRC: file('mailrc', `set sendmail=${sendmail}\n`) },
      })),
  mailutils:
    has('mail.mailutils') &&
    (({ subject, text, files = [] }) =>
      run(
        'mail.mailutils',
        [
          '-E',
          `set sendmail=sendmail:${sendmail}`,
          '-r',
          FROM,
          '-s',
          subject,
          ...files.flatMap((path) => ['-A', path]),
          TO,
        ],
        { input: text },
      )),
  swaks:
    has('swaks') &&
    (({ subject, text, files = [] }) => {
      const made = run('swaks', [
        '--dump-mail',
        '--from',
        FROM,
        '--to',
        TO,
        '--h-Subject',
        subject,
        '--body',
        text === '' ? '\\n' : text,
        ...files.flatMap((path) => ['--attach-name', path.split('/').pop(), '--attach', `@${path}`]),
      ]);
      if (made.stdout.length > 0) writeFileSync(sent, made.stdout);
    }),
  'git-send-email':
    has('git') &&
    (({ subject, text, files }) => {
      if (files || text === '') return;
      const repository = mkdtempSync(join(box, 'git-'));
      const git = (...args) =>
        run('git', ['-c', 'user.name=alice', '-c', `user.email=${FROM}`, ...args], { cwd: repository });
      git('init', '-q');
      git('commit', '-q', '--allow-empty', '-m', 'first');
      writeFileSync(join(repository, 'a.txt'), text);
      git('add', '.');
      git('commit', '-q', '-m', subject === '' ? 'x' : subject, '-m', text);
      git('format-patch', '-q', '-1', '-o', 'patches');
      run(
        'sh',
        [
          '-c',
          `git -c sendemail.validate=false send-email --quiet --confirm=never --from='${FROM}' --to='${TO}' --suppress-cc=all --8bit-encoding=UTF-8 --sendmail-cmd='${sendmail}' patches/*`,
        ],
        { cwd: repository },
      );
    }),
  nmh:
    existsSync('/usr/bin/mh/mhbuild') &&
    (({ subject, text, files = [] }) => {
      mkdirSync(join(box, 'Mail'), { recursive: true });
      file('.mh_profile', 'Path: Mail\n');
      const attached = files.map((path) => `Attach: ${path}\n`).join('');
      const draft = file('draft', `From: ${FROM}\nTo: ${TO}\nSubject: ${subject}\n${attached}--------\n${text}`);
      run('/usr/bin/mh/mhbuild', ['-auto', draft]);
      writeFileSync(sent, readFileSync(draft));
    }),
};
