import type { RelayRefusal, RelayTerms } from './judge-relay';

/** A letter that a gateway writes to a participant. */
export type GatewayLetter = { readonly subject: string; readonly text: string };

const day = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** What a participant is told when they may use the gateway: how, and who can read it. */
export function welcomeLetter(o: { terms: RelayTerms; alias: string; example: string }): GatewayLetter {
  const { terms } = o;
  return {
    subject: 'You can write to people with ordinary e-mail',
    text: [
      `Your address outside is ${o.alias}. What is sent to it comes to you, through this gateway.`,
      '',
      `To write to carol@example.com, write to ${o.example}`,
      'She sees your outside address, the subject, the text and the files, and nothing else of you.',
      'To answer a letter from outside, answer it as you answer any other.',
      '',
      'The gateway can read what goes through it, and so can everybody on its way outside. It is not sealed there.',
      terms.repliesOnly
        ? 'You can write to people who have written to your outside address.'
        : `You can write up to ${String(terms.lettersADay)} letters a day.`,
      `This ends on ${day(terms.until)}. While the gateway is off, nothing comes and nothing goes; it waits.`,
      '',
    ].join('\n'),
  };
}

const REASONS: Readonly<Record<RelayRefusal, string>> = {
  'agreement-over': 'The time for which this gateway relays for you is over.',
  'not-proved': 'The letter was not written to this gateway, so it may be that you did not mean it to go outside.',
  'too-many-recipients': 'It names too many people outside; 20 may stand in one letter.',
  'bad-recipient':
    'It names nobody outside who can be reached. Write to carol=example.com behind the plus sign for carol@example.com.',
  'not-written-first': 'You can write to people who have written to you first, and somebody in it has not.',
  'too-many-letters': 'You have written as many letters today as this gateway takes from you. Send it again tomorrow.',
  'names-onion':
    'Its subject, text or a file names an onion, which would tell who you are. Take it out, and send it again.',
  'alias-ended': 'The outside address by which that person knows you has ended. Write anew to use another one.',
};

/** Why a letter went nowhere. */
export function refusalLetter(o: { subject: string; reason: RelayRefusal }): GatewayLetter {
  return { subject: `Not sent: ${o.subject}`, text: `${REASONS[o.reason]}\n\nIt was sent to nobody outside.\n` };
}

/**
 * Why some recipients do not get it. `others`: how many do; absent: some of them were told of before, or wait.
 */
export function failureLetter(o: {
  subject: string;
  failed: readonly { readonly recipient: string; readonly reply: string }[];
  others?: number;
}): GatewayLetter {
  return {
    subject: `Not sent: ${o.subject}`,
    text: [
      'Your letter did not leave the gateway for:',
      '',
      ...o.failed.map(({ recipient, reply }) => `${recipient}: ${reply}`),
      '',
      othersLine(o.others),
      '',
    ].join('\n'),
  };
}

function othersLine(others: number | undefined): string {
  if (others === undefined) return 'Whoever else it was for has it, or waits for it, unless you were told otherwise.';
  return others > 0 ? 'It was sent to the others.' : 'It was sent to nobody outside.';
}

/** An agreement or an alias was ended. */
export function endedLetter(alias: string | undefined): GatewayLetter {
  return alias === undefined
    ? { subject: 'The gateway to ordinary e-mail has ended', text: 'It relays nothing for you any more.\n' }
    : { subject: 'An outside address has ended', text: `${alias} is no address any more. Others go on.\n` };
}

/** Another outside address. */
export function aliasLetter(alias: string): GatewayLetter {
  return {
    subject: 'Another outside address',
    text: `${alias} is an address of yours now, too. Nothing links it to others. An answer leaves from the address that was written to.\n`,
  };
}
