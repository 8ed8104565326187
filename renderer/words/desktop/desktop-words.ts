import type { ShellWish } from '../../../shared/contract/shell-contract';

type WishOf<Kind extends ShellWish['kind']> = Omit<Extract<ShellWish, { readonly kind: Kind }>, 'kind'>;

const count = (number: number, one: string, many: string): string => (number === 1 ? one : `${String(number)} ${many}`);

/** What is true of a program without a window, where there is a tray and where there is none. */
export const unseenWords = (tray: boolean): string =>
  tray
    ? 'Posthorn stays in the tray of your desktop. Open it from there, or start it once more.'
    : 'This desktop shows no tray, so nothing of Posthorn is to be seen. Start it once more to open the window.';

/** What closing the window means. */
export const closingWords = ({
  tray,
  receives,
}: WishOf<'tell-closing'>): { readonly title: string; readonly sentences: readonly string[] } => ({
  title: receives ? 'Mail goes on arriving' : 'Posthorn goes on running',
  sentences: [
    receives
      ? 'Closing the window does not end Posthorn: it goes on receiving and sending, and keeps what you are writing.'
      : 'Closing the window does not end Posthorn. It is locked, so that no mail arrives until you open it and give your passphrase.',
    unseenWords(tray),
    'Ctrl+Q ends it. Settings, «While the window is closed», is where you change this.',
  ],
});

/** What ends when the program ends. */
export const quitSentences = ({ receives, waiting, keepsFor }: WishOf<'ask-quit'>): readonly string[] => [
  receives
    ? 'No mail arrives until you start it again. Whoever writes to you meanwhile goes on trying for 14 days.'
    : 'It is locked, so no mail is arriving now. None will until you start it again and give your passphrase.',
  ...(waiting > 0
    ? [`${count(waiting, 'One message waits', 'messages wait')} to be sent, and will go on waiting.`]
    : []),
  ...(keepsFor > 0
    ? [`You keep mail for ${count(keepsFor, 'one person', 'people')}. They cannot have it while Posthorn does not run.`]
    : []),
];

/** What arrived while the window was locked: a number, and nothing else is known of it. */
export const arrivedWords = (arrived: number): string =>
  arrived === 0
    ? 'No new mail since it was locked.'
    : `${count(arrived, 'One new message', 'new messages')} since it was locked.`;
