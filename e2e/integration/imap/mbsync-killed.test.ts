import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { campaign, campaignSeed } from '../../../electron/core/testing/campaign';
import { someLetters, type Letter } from '../../harness/programs/letters';
import { lookByImaplib, type SeenMailbox } from '../../harness/programs/look-by-imaplib';
import { Mbsync } from '../../harness/programs/mbsync';
import { PostOffice } from '../../harness/programs/post-office';
import { ProgramHome } from '../../harness/programs/program-home';

/** kill -9 of the core while mbsync pulls and pushes: nothing is lost, doubled or renumbered. */
const kills = campaign({ short: 3, long: 100 });
const seed = campaignSeed();
/** New letters of a round on each side. */
const news = 10;

let office: PostOffice;
/** Two computers of one person. The core is killed while the first one works. */
let mbsync: Mbsync;
let other: Mbsync;
let witness: ProgramHome;
/** What has to lie in the mailbox, by Message-ID. */
const wanted = new Set<string>();

beforeAll(async () => {
  witness = new ProgramHome('imaplib');
  office = await PostOffice.start('alice');
  [mbsync, other] = [new Mbsync(office.login), new Mbsync(office.login)];
});
afterAll(async () => {
  await office.end();
  for (const { home } of [mbsync, other]) home.remove();
  witness.remove();
});

const seen = async (): Promise<SeenMailbox> => (await lookByImaplib(witness, office.login)).get('Work')!;
const uidsOf = ({ messages }: SeenMailbox) => new Map(messages.map(({ messageId, uid }) => [messageId, uid]));

/** A letter of this round only: the letters there are come again, under another name. */
function ofRound(letter: Letter, round: number): Letter {
  const messageId = letter.messageId.replace('<', `<${round}.`);
  const octets = Buffer.from(letter.octets.toString('latin1').replace(letter.messageId, messageId), 'latin1');
  return { ...letter, name: `${round}.${letter.name}`, messageId, octets };
}

/** New letters on both sides; one that goes on each. */
async function change(round: number): Promise<void> {
  const letters = someLetters(2 * news, round * 2 * news).map((letter) => ofRound(letter, round));
  const [here, there] = [letters.slice(0, news), letters.slice(news)];
  const [goesHere, goesThere] = [...wanted];
  await other.sync();
  if (goesThere !== undefined) other.setFlags('Work', goesThere, 'ST');
  for (const letter of there) other.put('Work', letter);
  await other.sync();
  if (goesHere !== undefined) mbsync.setFlags('Work', goesHere, 'ST');
  for (const letter of here) mbsync.put('Work', letter);
  for (const gone of [goesHere, goesThere]) wanted.delete(gone ?? '');
  for (const { messageId } of letters) wanted.add(messageId);
}

/** Resolves when the core has stored so many messages since. */
async function stored(count: number, since: number): Promise<void> {
  let left = count;
  await office.core.event(({ type }) => (type === 'message.stored' && --left === 0 ? true : undefined), {
    since,
    what: `message ${count} to be stored`,
  });
}

/** Kills the core in the middle; resolves when mbsync has noticed, and the core runs again. */
async function killWithin(round: number): Promise<void> {
  const moment = 1 + (createHash('sha256').update(`${seed} ${round}`).digest()[0]! % news);
  const since = office.core.mark;
  const running = mbsync.run();
  await stored(moment, since);
  await office.kill();
  await running;
  await office.startAgain();
}

/** What it had only begun with is «lost», as it says, and begun once more. */
async function syncAgain(): Promise<void> {
  const { status, stderr } = await mbsync.run();
  expect({ status, said: stderr.replace(/^Warning: lost track of \d+ (?:pull|push)ed message\(s\)\n/gmu, '') }).toEqual(
    {
      status: 0,
      said: '',
    },
  );
}

async function expectAll(before: SeenMailbox): Promise<void> {
  const after = await seen();
  const ids = [...wanted].sort();
  expect(after.messages.map(({ messageId }) => messageId).sort()).toEqual(ids);
  expect([...mbsync.messages('Work').keys()].sort()).toEqual(ids);
  expect(after.uidValidity).toBe(before.uidValidity);
  expect(after.uidNext).toBeGreaterThan(before.uidNext);
  const [now, then] = [uidsOf(after), uidsOf(before)];
  for (const [messageId, uid] of then)
    if (wanted.has(messageId)) expect([messageId, now.get(messageId)]).toEqual([messageId, uid]);
}

it(`loses, doubles and renumbers nothing in ${kills} kills (seed ${seed})`, async () => {
  for (let round = 0; round < kills; round += 1) {
    await change(round);
    const before = await seen();
    await killWithin(round);
    await syncAgain();
    await expectAll(before);
    const files = mbsync.everything();
    await mbsync.sync();
    expect(mbsync.everything()).toEqual(files);
  }
});
