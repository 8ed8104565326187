import { seededRandom } from '../graph/ring-plan';
import { entryOf } from './entry-of';
import type { PlannedPerson } from './plan-people';

/** One message of a made-up mailbox. Times are in milliseconds since 1970 UTC. */
export type PlannedMail = {
  readonly number: number;
  /** Whose mailbox: place in the list of identities. */
  readonly identity: number;
  readonly direction: 'received' | 'sent';
  /** Who wrote it, or to whom it goes: place in the list of people. */
  readonly person: number;
  readonly copies: readonly number[];
  /** Numbers of the messages before it in its thread, the oldest first. */
  readonly ancestors: readonly number[];
  readonly subject: string;
  readonly text: string;
  /** Whether it is written as HTML besides. */
  readonly html: boolean;
  readonly files: readonly FileKind[];
  readonly at: number;
  readonly folder: 'inbox' | 'archive' | 'trash';
  readonly seen: boolean;
  readonly flagged: boolean;
};

/** What is attached; `sample-file.ts` makes it. */
export type FileKind = 'picture' | 'document' | 'table' | 'appointment' | 'note';
const fileKinds: readonly FileKind[] = ['picture', 'document', 'table', 'appointment', 'note'];

export type MailPlan = {
  readonly messages: number;
  readonly people: readonly PlannedPerson[];
  readonly identities: number;
  readonly seed: number;
  /** The newest message is from then. */
  readonly now: number;
};

type Thread = {
  readonly identity: number;
  readonly person: number;
  readonly copies: readonly number[];
  readonly subject: string;
  readonly numbers: number[];
  lastByThem: boolean;
};

/** Two years of mail, denser towards the end as mailboxes are. */
const SPAN_MS = 2 * 365 * 24 * 60 * 60_000;
/** So many conversations go on at the same time. */
const OPEN_THREADS = 14;
const LONGEST_THREAD = 12;
/** Share of the newest messages that are unread or still in the inbox. */
const RECENT = 0.12;

/** Draws lots that are the same for a seed. */
class Lots {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new RangeError('Nothing can be picked from an empty list');
    return picked;
  }
}

/**
 * The mail of a made-up profile in the order of its dates: threads of two and of several people in many languages,
 * answers, files and HTML. The same plan gives the same mail.
 */
export function* planMail(plan: MailPlan): Generator<PlannedMail> {
  const lots = new Lots(plan.seed);
  const open: Thread[] = [];
  for (let number = 0; number < plan.messages; number += 1) {
    const thread = continued(open, lots) ?? begin(open, plan, lots);
    yield next(thread, { number, plan, lots });
    if (thread.numbers.length >= LONGEST_THREAD || open.length > OPEN_THREADS) open.splice(open.indexOf(thread), 1);
  }
}

function continued(open: readonly Thread[], lots: Lots): Thread | undefined {
  return open.length > 0 && lots.chance(0.55) ? lots.pick(open) : undefined;
}

/** The first identity has most of the mail, as a private address has beside one for work and one for a choir. */
function begin(open: Thread[], { people, identities }: MailPlan, lots: Lots): Thread {
  const person = lots.below(people.length);
  const copies = lots.chance(0.2) ? [lots.below(people.length), lots.below(people.length)] : [];
  const thread: Thread = {
    identity: lots.chance(0.65) ? 0 : lots.below(identities),
    person,
    copies: [...new Set(copies)].filter((one) => one !== person),
    subject: lots.pick(entryOf(people, person).language.subjects),
    numbers: [],
    lastByThem: false,
  };
  open.push(thread);
  return thread;
}

function next(thread: Thread, { number, plan, lots }: { number: number; plan: MailPlan; lots: Lots }): PlannedMail {
  const { messages, now, people } = plan;
  const isAnswer = thread.lastByThem && lots.chance(0.3);
  const age = (1 - (number + 1) / messages) ** 1.5;
  const isRecent = number >= messages * (1 - RECENT);
  const ancestors = [...thread.numbers];
  thread.numbers.push(number);
  thread.lastByThem = !isAnswer;
  return {
    number,
    identity: thread.identity,
    direction: isAnswer ? 'sent' : 'received',
    person: thread.person,
    copies: thread.copies,
    ancestors,
    subject: ancestors.length === 0 ? thread.subject : `Re: ${thread.subject}`,
    text: textOf(entryOf(people, thread.person), { lots, byOwner: isAnswer }),
    html: !isAnswer && lots.chance(0.2),
    files: lots.chance(0.12) ? Array.from({ length: 1 + lots.below(3) }, () => lots.pick(fileKinds)) : [],
    at: Math.round(now - age * SPAN_MS),
    folder: folderOf(lots, isRecent),
    seen: !isRecent || lots.chance(0.6),
    flagged: lots.chance(0.04),
  };
}

function folderOf(lots: Lots, isRecent: boolean): PlannedMail['folder'] {
  if (lots.chance(0.03)) return 'trash';
  return !isRecent && lots.chance(0.25) ? 'archive' : 'inbox';
}

function textOf(
  { language, name }: PlannedPerson,
  { lots, byOwner }: { readonly lots: Lots; readonly byOwner: boolean },
): string {
  const paragraphs = Array.from({ length: 1 + lots.below(4) }, () =>
    Array.from({ length: 1 + lots.below(4) }, () => lots.pick(language.sentences)).join(' '),
  );
  const [from, to] = byOwner ? ['Nora', name] : [name, undefined];
  return `${to ?? language.greeting}\n\n${paragraphs.join('\n\n')}\n\n${language.closing}\n${from}\n`;
}
