/** What the letters say; e2e/letters/texts.json says it to the test. */
import { file } from './letter-box.mjs';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
export const texts = {
  plain: { subject: 'Bicycle', text: 'The back wheel is done.\n' },
  umlauts: { subject: 'Grüße aus Köln', text: 'Schöne Grüße, die Straße ist naß.\n' },
  czech: { subject: 'Příliš žluťoučký kůň', text: 'Příliš žluťoučký kůň úpěl ďábelské ódy.\n' },
  russian: { subject: 'Привет', text: 'Съешь ещё этих мягких французских булок.\n' },
  japanese: { subject: '会議のお知らせ', text: '明日の会議は台北で行います。\n' },
  arabic: { subject: 'مرحبا', text: 'مرحبا بالعالم، كيف حالك؟\n' },
  emoji: { subject: 'Party 🎉👨‍👩‍👧', text: 'See you 🎈 there.\n' },
  'long-line': { subject: 'One long line', text: `${'word '.repeat(500)}end\n` },
  'long-subject': { subject: 'A subject that goes on '.repeat(9).trim(), text: 'Short.\n' },
  empty: { subject: 'Nothing in it', text: '' },
  'no-subject': { subject: '', text: 'Without a subject.\n' },
  awkward: {
    subject: 'Dots, From and blanks',
    text: '.\n..\nFrom here on\n  indented\ttab\ntrailing   \n=3D = =20\n\n\n-- \nAlice\n',
  },
  quoted: { subject: 'Re: Bicycle', text: 'Yes.\n\nOn Monday Bob wrote:\n> Is it done?\n> > Not yet.\n' },
  flowed: { subject: 'Flowed', text: 'A paragraph that goes \non in a second line.\n\nAnother.\n' },
  file: {
    subject: 'A file',
    text: 'Here it is.\n',
    files: [file('report.pdf', Buffer.from('%PDF-1.4\n%\xe2\xe3\n1 0 obj\n', 'latin1'))],
  },
  picture: { subject: 'A picture', text: 'From Sunday.\n', files: [file('sunday.png', png)] },
  'umlaut-file': { subject: 'Übersicht', text: 'Siehe Datei.\n', files: [file('Übersicht für März.txt', 'März\n')] },
  'long-name': {
    subject: 'A long name',
    text: 'Long.\n',
    files: [file(`${'a long name '.repeat(9).trim()}.txt`, 'x\n')],
  },
  'two-files': {
    subject: 'Two files',
    text: 'Two.\n',
    files: [file('one.bin', Buffer.from([0, 1, 2, 13, 10, 255])), file('patch.diff', '--- a\n+++ b\n')],
  },
};
