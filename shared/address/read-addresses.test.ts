import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailAddress } from '../ids';
import { readAddresses } from './read-addresses';
import { recipientsIn } from './recipients-in';

const O = `${'a'.repeat(56)}.onion`;
const read = (text: string): string[] =>
  readAddresses(text).map((entry) => (entry.outcome === 'address' ? entry.address : `${entry.problem}: ${entry.text}`));

describe('an address in a text', () => {
  it.each([
    ['o’s apostrophe', `o'neil@${O}`, [`o'neil@${O}`]],
    ['an ampersand', `a&b@${O}`, [`a&b@${O}`]],
    ['a question mark', `who?x@${O}`, [`who?x@${O}`]],
    ['every character that RFC 5322 allows', `!#$%&*/=?^_\`{|}~+-'x@${O}`, [`!#$%&*/=?^_\`{|}~+-'x@${O}`]],
    ['capitals', `BOB@${O.toUpperCase()}`, [`bob@${O}`]],
    ['brackets and a name', `Bob Smith <bob@${O}>`, [`bob@${O}`]],
    ['a comma in a name', `"Smith, Bob" <bob@${O}>, carol@${O}`, [`bob@${O}`, `carol@${O}`]],
    ['an escaped quote in a name', `"Bob \\"the, one\\"" <bob@${O}>`, [`bob@${O}`]],
    ['a name without a blank', `"Bob"<bob@${O}>`, [`bob@${O}`]],
    ['quotation marks of print', `“Smith, Bob” <bob@${O}>, „Smith; Carol“ <carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['guillemets', `«Smith, Bob» <bob@${O}>`, [`bob@${O}`]],
    ['corner brackets', `「王，小明」<wang@${O}>`, [`wang@${O}`]],
    ['single quotation marks', `'Smith, Bob' <bob@${O}>; 'Carol' <carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['comments', `bob@${O} (Bob (the one, here))`, [`bob@${O}`]],
    ['a comment alone', `(bob@${O}).`, [`bob@${O}`]],
    ['a group', `Friends: bob@${O}, Carol <carol@${O}>;`, [`bob@${O}`, `carol@${O}`]],
    ['a group without blanks', `Friends:bob@${O},carol@${O};`, [`bob@${O}`, `carol@${O}`]],
    ['an empty group', 'undisclosed-recipients:;', []],
    ['a header', `To: bob@${O},\r\n  Carol\r\n <carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['blanks between', `bob@${O} carol@${O}\ndave@${O}`, [`bob@${O}`, `carol@${O}`, `dave@${O}`]],
    [
      'semicolons, tabs and wide commas',
      `a@${O};b@${O}\tc@${O}，d@${O}、e@${O}،f@${O}`,
      'abcdef'.split('').map((x) => `${x}@${O}`),
    ],
    ['brackets one after the other', `Bob <bob@${O}> Carol <carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['the same twice', `bob@${O}, BOB@${O}`, [`bob@${O}`]],
    ['quotes of Outlook', `'bob@${O}'`, [`bob@${O}`]],
    ['quotes of print', `«bob@${O}»`, [`bob@${O}`]],
    ['a sentence’s end', `bob@${O}。`, [`bob@${O}`]],
    ['isolates', `\u2068bob@${O}\u2069`, [`bob@${O}`]],
    ['a name that is the address', `bob@${O} <bob@${O}>`, [`bob@${O}`]],
    ['Outlook’s names', `Smith, Bob <bob@${O}>; Jones, Carol <carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['Outlook’s name alone', `Smith, Bob <bob@${O}>;`, [`bob@${O}`]],
    [
      'Outlook’s long names',
      `To: Smith, Jr., Bob (Sales) <bob@${O}>; carol@${O}; Ng，Dan <dan@${O}>`,
      [`bob@${O}`, `carol@${O}`, `dan@${O}`],
    ],
    [
      'Outlook’s brackets',
      `From: Bob Smith [mailto:bob@${O}]\nTo: Carol [mailto:carol@${O}?subject=x]`,
      [`bob@${O}`, `carol@${O}`],
    ],
    ['a name on the line before', `Bob Smith\r\n<bob@${O}>\nCarol\n<carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['a line each', `Bob Smith <bob@${O}>\n\nCarol <carol@${O}>\r\n`, [`bob@${O}`, `carol@${O}`]],
    ['wide brackets', `Bob＜bob@${O}＞，Carol 〈carol@${O}〉；《dave@${O}》`, [`bob@${O}`, `carol@${O}`, `dave@${O}`]],
    ['brackets of print', `Bob【bob@${O}】，【Team】Carol［carol@${O}］`, [`bob@${O}`, `carol@${O}`]],
    ['brackets of print in a name', `【营业部】鲍勃 <bob@${O}>`, [`bob@${O}`]],
    ['a wide dot', `bob@${O}`.replace('.', '．'), [`bob@${O}`]],
    ['bullets', `• bob@${O}\n- carol@${O}\n1. Dan <dan@${O}>`, [`bob@${O}`, `carol@${O}`, `dan@${O}`]],
    ['a wide comment', `bob@${O}（Bob，the one）`, [`bob@${O}`]],
    ['wide quotes and a wide sign', `＂Smith，Bob＂ <bob＠${O}>`, [`bob@${O}`]],
    ['a wide colon', `收件人：鲍勃 <bob@${O}>，carol@${O}`, [`bob@${O}`, `carol@${O}`]],
    ['a markdown link', `[bob@${O}](mailto:bob@${O})`, [`bob@${O}`]],
    ['a word and its link', `bob@${O}<mailto:bob@${O}>; carol@${O} <mailto:carol@${O}>`, [`bob@${O}`, `carol@${O}`]],
    ['a label before a URI', `Mailto: bob@${O}`, [`bob@${O}`]],
    ['two groups', `A:bob@${O},carol@${O};B:dave@${O};`, [`bob@${O}`, `carol@${O}`, `dave@${O}`]],
    ['a group over lines', `A:bob@${O},\r\n carol@${O};`, [`bob@${O}`, `carol@${O}`]],
  ])('is read whole with %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['one', `mailto:bob%2Bwork@${O}`, [`bob+work@${O}`]],
    ['an encoded @', `mailto:bob%40${O}`, [`bob@${O}`]],
    ['an encoded question mark', `MAILTO:who%3Fx@${O}?subject=x`, [`who?x@${O}`]],
    ['what is encoded twice, decoded once', `mailto:bob%252Bx@${O}`, [`bob%2bx@${O}`]],
    ['several', `mailto:a@${O},b@${O}?to=c%2Bd@${O}&cc=e@${O}`, [`a@${O}`, `b@${O}`, `c+d@${O}`]],
    ['one in brackets', `<mailto:bob@${O}?subject=Hi>`, [`bob@${O}`]],
    ['one behind a label', `URL:mailto:bob@${O}`, [`bob@${O}`]],
    ['two, with a comma between', `mailto:a@${O}, mailto:b@${O}`, [`a@${O}`, `b@${O}`]],
    ['two, without a blank', `mailto:a@${O};mailto:b@${O},mailto:c@${O}`, [`a@${O}`, `b@${O}`, `c@${O}`]],
    ['a plus as it is', `mailto:bob+work@${O}`, [`bob+work@${O}`]],
  ])('is read out of a URI: %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['slashes', `mailto://bob@${O}`],
    ['an encoding that is wrong', `mailto:bob%zz@${O}`],
    ['octets that are no UTF-8', `mailto:bob%ff@${O}`],
    ['a separator that was encoded', `mailto:alice%2Cbob@${O}`],
    ['a question mark that was not encoded', `mailto:who?x@${O}`],
    ['a hash that was not encoded', `mailto:a#bob@${O}`],
    ['another scheme', `xmpp:bob@${O}`],
    ['a password', `https://x:bob@${O}`],
    ['another scheme before a semicolon', `xmpp:bob@${O}; carol@${O}`],
    ['another scheme before commas', `sip:bob@${O}, carol@${O}; dave@${O}`],
    ['a name that a later group closes', `x:bob@${O}\nFriends:carol@${O};`],
    ['a name before a bare address', `bob smith@${O}`],
    ['another address as the name', `alice@${O} <bob@${O}>`],
    ['another address as a quoted name', `"alice@${O}" <bob@${O}>`],
    ['another address as a comment', `bob@${O} (alice@${O})`],
    ['a quote that is not closed', `"Smith bob@${O}`],
    ['a bracket that is not closed', `Bob <bob@${O}`],
    ['a comment that is not closed', `(work bob@${O}`],
    ['a comment within', `alice(x)bob@${O}`],
    ['a bullet that is a name', `alice - bob@${O}`],
    ['blanks within the name', `<bob smith@${O}>`],
    ['turned characters', `\u202eeve@${O}`],
    ['a Kelvin sign', `bo\u212a@${O}`],
    ['a port', `bob@${O}:25`],
  ])('is refused and nobody else is taken: %s', (_, text) => {
    for (const entry of readAddresses(text))
      if (entry.outcome === 'address') expect(entry.address).not.toMatch(/^(?:bob|smith|eve|bok|x|who|a)@/u);
  });

  it.each([
    ['Outlook’s list', `alice@${O}, Bob <bob@${O}>; carol@${O}`, [`alice@${O}`, `bob@${O}`, `carol@${O}`]],
    ['a list with commas', `carol, Bob <bob@${O}>`, ['no-at: carol', `bob@${O}`]],
    ['a group', `Friends: carol, Bob <bob@${O}>;`, ['no-at: carol', `bob@${O}`]],
    ['lines with a blank one between', `carol\n\n<bob@${O}>`, ['no-at: carol', `bob@${O}`]],
    ['lines', `carol\nBob <bob@${O}>`, ['no-at: carol', `bob@${O}`]],
  ])('is not lost to the name of the next one: %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('is read at a cost that its text bounds', () => {
    for (const piece of [
      ':',
      'a:',
      'a:\n',
      'a,',
      'a,b<c>;',
      'a\n<b>',
      '：',
      '＜',
      '【',
      '【a',
      '[a@',
      'mailto:',
      '[mailto:',
      'a;',
      'a:b;',
    ])
      expect(Array.isArray(readAddresses(`${piece.repeat(30_000)};<a@b>`))).toBe(true);
  });

  it('is found whatever stands around it, or refused, and never a part of it', () => {
    const atom = fc.stringMatching(/^[a-z0-9!#$%&'*/=?^_`{|}~+-]{1,12}$/);
    const around = fc.stringMatching(/^[ <>"'(),;:@.\n\t[\]\\a-z]{0,12}$/);
    fc.assert(
      fc.property(around, atom, around, (before, local, after) => {
        const address = `${local}@${O}`;
        const letter = /[a-z0-9!#$%&'*/=?^_`{|}~+.\\@-]$/;
        for (const entry of readAddresses(before + address + after))
          if (entry.outcome === 'address' && MailAddress.safeParse(entry.address).success)
            expect(entry.address === address || letter.test(before) || `'${entry.address}'` === `${address}'`).toBe(
              true,
            );
      }),
      { numRuns: 3_000 },
    );
  });

  it('is never another address when it is read again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab@<>"'(),;:\n .mailto]{0,40}$/), (text) => {
        for (const token of recipientsIn(text)) {
          const [same, ...more] = recipientsIn(token);
          // One that becomes several is refused as it was before.
          expect(more.length > 0 || same === token || same?.includes('@') === false).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
