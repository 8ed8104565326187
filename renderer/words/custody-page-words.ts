import type { ErrorCode } from '../../shared/errors';

/** What stands on the page «While you are away» and in its dialogs, besides what is counted or named. */
export const custodyPageWords = {
  title: 'While you are away',
  lead: 'Friends can keep sealed mail for each other until its owner is back.',
  unread: 'Who keeps mail for whom could not be read. Your mail and what was agreed on are as they were.',
  nobodyKeeps:
    'Nobody yet, so people reach you only while your computer and theirs are on at the same time. A friend who keeps mail for you takes it while you are away and hands it over when you are back. It stays sealed: they never see who writes, or what.',
  oneKeeps: 'A second one is worth having: mail then waits for you also while this one is off.',
  nobodyKept:
    'You keep mail for nobody. When a friend asks you to, the question appears on this page, with what it costs you.',
  requestEnd: 'You can end it at any time. It helps them most when this computer is often on.',
  ask: 'Ask a contact…',
  ownMachine: 'Use my own always-on machine…',
} as const;

/** The steps to a machine of one’s own that is always on. */
export const ownMachineWords = {
  title: 'Use your own always-on machine',
  description:
    'A small computer at home or a rented server does the same as a friend: it keeps your mail sealed until this one is back.',
  run: 'On that machine, install Posthorn and run this. It asks for a passphrase of its own.',
  command: 'npm run headless -- --profile ~/posthorn-keeper --create --keep-mail',
  copy: 'It prints a pairing code, which works once and within a day. Copy all of it.',
  paste: 'Paste the code here.',
  codeMissing: 'Paste the code first. The machine prints it when it is ready.',
  codeHint: 'Whoever has the code of that machine can leave mail for themselves there: take it from its screen only.',
} as const;

/** The pairing code of this machine. */
export const pairingCodeWords = {
  title: 'Pairing code of this computer',
  description:
    'With it, another machine of yours has its mail kept here, without a question being asked. It works once, within a day.',
  warning: 'Whoever has this code can have mail kept on this computer. Give it to your own machines only.',
} as const;

/** Somebody asks another identity than the one that is shown. */
export const otherRequestText = (identity: string): string =>
  `Somebody asks your identity “${identity}” to keep their mail while they are away.`;

/** Why a pairing code does not work, where its own words say more than the general ones. */
export const pairingProblem = (code: ErrorCode): string | undefined => {
  if (code === 'card-refused' || code === 'invalid-call')
    return 'This is not a pairing code, or a part of it is missing. Copy all of it once more.';
  if (code === 'hold-refused')
    return 'This machine cannot keep your mail: it may be this identity itself, or keep it already.';
  return undefined;
};

/** Over the inbox. */
export const bannerWords = {
  hint: 'When your computer is off, nobody can reach you. Ask a friend to keep your mail.',
  how: 'How it works',
  notNow: 'Not now',
  look: 'Look at it',
} as const;

/** Who asks the user to keep their mail. */
export const requestHeadline = (names: readonly string[]): string =>
  names.length === 1
    ? `${names.join()} asks you to keep their mail while they are away.`
    : `${names.length} people ask you to keep their mail while they are away.`;
