import type { HolderFaults, HoldTerms, MailClient, MailHolder } from '../../shared/custody';
import { dayText, timeText } from './date-text';
import { sizeText } from './size-text';

/** How loud a state is: the tones of a badge. */
type CustodyTone = 'neutral' | 'accent' | 'good' | 'warning';

export type CustodyState = { readonly title: string; readonly tone: CustodyTone };

/** `1 message`, `12 messages`. */
export const messagesText = (count: number): string =>
  count === 1 ? '1 message' : `${count.toLocaleString()} messages`;

const dayCount = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** `100 MB`, `1 GB`: a round size without its zero. */
export const quotaText = (bytes: number): string => sizeText(bytes).replace('.0 ', ' ');

/** `up to 100 MB, each message for up to 20 days, large ones for 7`. */
export const termsText = ({ quotaBytes, days, largeDays }: HoldTerms): string => {
  const large = largeDays < days ? `, large ones for ${largeDays}` : '';
  return `up to ${quotaText(quotaBytes)}, each message for up to ${dayCount(days)}${large}`;
};

const endedTitles = { us: 'Ended by you', them: 'Ended by them', time: 'Run out' } as const;

/** Where it stands with somebody who keeps mail for the user, or was asked to. */
export const holderState = ({ state, endedBy = 'time' }: Pick<MailHolder, 'state' | 'endedBy'>): CustodyState => {
  if (state === 'active') return { title: 'Keeps mail for you', tone: 'good' };
  if (state === 'asked') return { title: 'Waiting for an answer', tone: 'accent' };
  if (state === 'refused') return { title: 'Said no', tone: 'neutral' };
  return { title: endedTitles[endedBy], tone: endedBy === 'us' ? 'neutral' : 'warning' };
};

const untilText = (until: number | undefined): string =>
  until === undefined ? '' : `Until ${dayText(until)}; Posthorn renews it before. `;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const endedHolder = ({ until, endedBy = 'time' }: MailHolder): string => {
  if (endedBy === 'us') return 'Takes nothing new for you. What is already there is still handed over.';
  if (endedBy === 'them')
    return 'Takes nothing new for you. What is already there is still handed over. Ask somebody else, or ask them why.';
  return until === undefined
    ? 'The time is over, and no new one was agreed on.'
    : `The time was over on ${dayText(until)}, and no new one was agreed on.`;
};

/** The same in a sentence or two. */
export const holderSentence = (holder: MailHolder): string => {
  const { state, terms, askedAt, until } = holder;
  if (state === 'active') return `${untilText(until)}${capital(termsText(terms))}.`;
  if (state === 'asked')
    return `Asked on ${dayText(askedAt)}. The question reaches them when you are both online, and so does their answer.`;
  if (state === 'refused') return `Asked on ${dayText(askedAt)}. You can ask once more, or ask somebody else.`;
  return endedHolder(holder);
};

const ON_ITS_WAY = 'The list by which they know your contacts is on its way: stay online until it is there';

/**
 * When they were last reached and what they handed over; nothing of those who never kept any mail. `now` in
 * milliseconds since 1970.
 */
export const holderFacts = (
  { state, reachedAt, handedOver, tokensDue }: MailHolder,
  now: number,
): readonly string[] => {
  const reached = reachedAt === undefined ? 'Not reached yet' : `Last reached ${timeText(reachedAt, now)}`;
  const handed = handedOver === 0 ? 'Nothing handed over yet' : `${messagesText(handedOver)} handed over`;
  if (state === 'active') return [...(tokensDue ? [ON_ITS_WAY] : []), reached, handed];
  return state === 'ended' && handedOver > 0 ? [handed] : [];
};

/** A crash in the wrong moment brings a message twice; nobody is to be blamed for that. */
const WORTH_TELLING = 3;

/** What somebody who keeps mail was caught at, each in a sentence. */
export const faultSentences = ({ missing, replayed, expired }: HolderFaults): readonly string[] => [
  ...(missing === 0 ? [] : [`${messagesText(missing)} they promised to keep did not arrive.`]),
  ...(expired === 0
    ? []
    : [`${messagesText(expired)} ran out before ${expired === 1 ? 'it was' : 'they were'} handed over.`]),
  ...(replayed < WORTH_TELLING
    ? []
    : [`${messagesText(replayed)} came from them again and again. You see each only once.`]),
];

/** Where it stands with somebody for whom the user keeps mail. */
export const clientState = ({ state, endedBy = 'time' }: Pick<MailClient, 'state' | 'endedBy'>): CustodyState => {
  if (state === 'active') return { title: 'You keep their mail', tone: 'good' };
  if (state === 'asked') return { title: 'Asks you', tone: 'accent' };
  if (state === 'refused') return { title: 'You said no', tone: 'neutral' };
  return { title: endedTitles[endedBy], tone: 'neutral' };
};

/** The same in a sentence. */
export const clientSentence = ({ state, terms, until, heldMessages }: MailClient): string => {
  if (state === 'active')
    return `${until === undefined ? '' : `Until ${dayText(until)}; it is renewed when they ask. `}${capital(termsText(terms))}.`;
  if (state === 'refused') return 'They can ask you again.';
  if (heldMessages === 0) return 'You take nothing new for them and keep nothing of theirs.';
  return `You take nothing new for them. ${messagesText(heldMessages)} ${heldMessages === 1 ? 'is' : 'are'} still handed over when they are online.`;
};

/** `12 messages, 3.4 MB of 100 MB`: how full what they were granted is. */
export const keptText = ({ heldMessages, heldBytes, terms }: MailClient): string =>
  heldMessages === 0
    ? `Nothing kept now, of ${quotaText(terms.quotaBytes)}`
    : `${messagesText(heldMessages)} kept, ${sizeText(heldBytes)} of ${quotaText(terms.quotaBytes)}`;

/** How full that is, from 0 to 100. */
export const keptShare = ({ heldBytes, terms }: MailClient): number =>
  Math.min(100, Math.ceil((heldBytes / terms.quotaBytes) * 100));

/** Of when the oldest kept message is and what was handed over. */
export const clientFacts = ({ oldestAt, handedOver }: MailClient): readonly string[] => [
  ...(oldestAt === undefined ? [] : [`Oldest from ${dayText(oldestAt)}`]),
  ...(handedOver === 0 ? [] : [`${messagesText(handedOver)} handed over so far`]),
];

/** What whoever keeps mail can learn by it, and what they cannot; `owner`: whose mail it is. */
export const learnsText = (owner: 'you' | 'them') => {
  const they = owner === 'you' ? 'you' : 'they';
  return {
    learns: [`when mail for ${owner} comes`, 'about how large it is', `when ${they} come online`],
    hidden: [`who writes to ${owner}`, 'the subject', 'what it says'],
  };
};

/**
 * What it costs the one who keeps: `Up to 100 MB of this computer’s disk. Each message stays for up to 20 days, a large
 * one for 7.`
 */
export const costsText = ({ quotaBytes, days, largeDays }: HoldTerms): string => {
  const large = largeDays < days ? `, a large one for ${largeDays}` : '';
  return `Up to ${quotaText(quotaBytes)} of this computer’s disk. Each message stays for up to ${dayCount(days)}${large}.`;
};

/** How many contacts are told of those who keep mail, when anybody does. */
export const learnersText = ({ told, all }: { readonly told: number; readonly all: number }): string => {
  if (all === 0) return 'You have no other contacts who could leave mail with them.';
  if (told === all && all <= 2) return `${all === 1 ? 'Your one contact' : 'Both contacts'} can leave mail with them.`;
  if (told === all) return `All ${all} contacts can leave mail with them.`;
  return `${told} of ${all} contacts can leave mail with them.`;
};

export type MissingWords = { readonly title: string; readonly sentence: string };

/** Mail that has not arrived, in words. `holder`: whoever signed for it, when that is known. */
export const missingWords = ({
  count,
  from,
  holder,
  since,
}: {
  readonly count: number;
  readonly from: string;
  readonly holder: string | undefined;
  readonly since: number;
}): MissingWords => {
  const has = count === 1 ? 'has' : 'have';
  const them = count === 1 ? 'it' : 'them';
  const kept =
    holder === undefined ? `Sent since ${dayText(since)}.` : `${holder} has kept ${them} since ${dayText(since)}.`;
  return {
    title: `${messagesText(count)} from ${from} ${has} not arrived.`,
    sentence: `${kept} ${from} is being told, so that ${count === 1 ? 'it is' : 'they are'} sent again.`,
  };
};

/** The same of several people at once. */
export const missingFromMany = (counts: readonly number[]): string => {
  const sum = counts.reduce((total, count) => total + count, 0);
  return `${messagesText(sum)} from ${counts.length} people have not arrived.`;
};

/** Asked before the user lets somebody no longer keep their mail. */
export const endHolderWords = ({
  name,
  state,
  isLast,
}: {
  readonly name: string;
  readonly state: MailHolder['state'];
  readonly isLast: boolean;
}) =>
  state === 'asked'
    ? {
        title: `Take the question to ${name} back?`,
        text: 'They are told that you no longer ask. You can ask them again later.',
        confirm: 'Take back',
      }
    : {
        title: `Should ${name} no longer keep your mail?`,
        text: `${name} is told and takes nothing new for you. What they have already is still handed over to you.${isLast ? ' After that nobody keeps your mail: people reach you only while your computer is on.' : ''}`,
        confirm: 'End it',
      };

/** Asked before the user no longer keeps somebody's mail. */
export const endClientWords = ({ name, heldMessages }: { readonly name: string; readonly heldMessages: number }) => ({
  title: `Keep no more mail for ${name}?`,
  text: `${name} is told, and you take nothing new for them. ${heldMessages === 0 ? 'You keep nothing of theirs now.' : `You still hand over what you have: ${messagesText(heldMessages)}.`}`,
  confirm: 'End it',
});
