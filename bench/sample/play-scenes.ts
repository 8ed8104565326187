import { defaultHoldTerms } from '../../shared/custody';
import type { Draft } from '../../shared/message';
import type { Stage } from './sample-cast';
import { Actor } from './sample-cast';

const DAY_MS = 24 * 60 * 60_000;

export type Scenes = {
  /** The profile's first identity. */
  readonly owner: Actor;
  /** A core of other people, on the same network as the owner's. */
  readonly others: Stage;
  /** A core of one more person: what is sent from several identities of one core is spread over time. */
  readonly alone: Stage;
  /** What the clocks of both say. */
  readonly now: number;
};

/**
 * What no list of messages can hold, played between real cores: keys that change, end or do not fit, strangers, an
 * introduction, people who are away, mail that is kept for others, drafts.
 */
export async function playScenes(scenes: Scenes): Promise<void> {
  for (const scene of [
    changedKey,
    revokedKey,
    expiredKey,
    forgedCard,
    blockedPerson,
    scannedByOther,
    introduction,
    requests,
    movedPerson,
    heldMail,
    waitingMail,
    keptForAnother,
    drafts,
  ])
    await scene(scenes).catch((error: unknown) => {
      throw new Error(`The scene ${scene.name} went wrong`, { cause: error });
    });
}

const person = ({ others }: Scenes, localPart: string): Promise<Actor> =>
  Actor.create(others, { localPart, label: '', colour: 'blue' });

async function changedKey(scenes: Scenes): Promise<void> {
  const rui = await person(scenes, 'rui');
  const contact = await scenes.owner.meet(rui, 'Rui (choir)');
  await rui.stage.call('identities.replaceKey', { identityId: rui.own.id });
  await scenes.owner.askForKey(contact);
}

async function revokedKey(scenes: Scenes): Promise<void> {
  const pavel = await person(scenes, 'pavel');
  const contact = await scenes.owner.meet(pavel, 'Павел Орлов');
  await pavel.stage.call('identities.revokeKey', {
    identityId: pavel.own.id,
    reason: 'compromised',
    confirmAddress: pavel.own.address,
  });
  await scenes.owner.askForKey(contact);
}

/** It ends as soon as a key may, a day later: before the sample is looked at. */
async function expiredKey(scenes: Scenes): Promise<void> {
  const hana = await person(scenes, 'hana');
  await hana.stage.call('identities.renewKey', { identityId: hana.own.id, expiresAt: scenes.now + DAY_MS + 60_000 });
  await scenes.owner.meet(hana, 'Hana Sato');
}

/** The card that was scanned names the key before; the onion certifies another by the time it is asked. */
async function forgedCard(scenes: Scenes): Promise<void> {
  const { owner } = scenes;
  const oskar = await person(scenes, 'oskar');
  const { uri } = await oskar.stage.call('cards.own', { identityId: oskar.own.id, withCode: false });
  await oskar.stage.call('identities.replaceKey', { identityId: oskar.own.id });
  const contact = await owner.stage.call('contacts.verifyCard', {
    identityId: owner.own.id,
    text: uri,
    name: 'Oskar Lund',
    certify: { level: 'positive', shared: false },
  });
  await owner.askForKey(contact);
}

async function blockedPerson(scenes: Scenes): Promise<void> {
  const { owner } = scenes;
  const { id: contactId } = await owner.meet(await person(scenes, 'offers'), 'Offers & Prizes');
  await owner.stage.call('contacts.update', { identityId: owner.own.id, contactId, blocked: true });
}

/** She scanned the owner's code, proves it with her first mail, and waits to be verified in turn. */
async function scannedByOther(scenes: Scenes): Promise<void> {
  const yara = await person(scenes, 'yara');
  await yara.verify(scenes.owner, { name: 'Nora', withCode: true });
  await yara.send(scenes.owner, { subject: 'مرحباً', text: 'سُررتُ بلقائك اليوم.\n\nيارا\n' });
}

async function introduction(scenes: Scenes): Promise<void> {
  const { owner } = scenes;
  const [ines, judite] = [await person(scenes, 'ines'), await person(scenes, 'judite')];
  const { id: contactId } = await owner.verify(ines, { name: 'Inês Marques' });
  const introducer = { depth: 1, amount: 'full' } as const;
  await owner.stage.call('contacts.setIntroducer', { identityId: owner.own.id, contactId, introducer });
  const [first, second] = [await ines.verify(owner, { name: 'Nora' }), await ines.verify(judite, { name: 'Judite' })];
  const [queued] = await ines.stage.call('contacts.introduce', {
    identityId: ines.own.id,
    first: first.id,
    second: second.id,
    note: 'She runs the book club at the library.',
  });
  if (queued !== undefined) await ines.delivery(queued, 'delivered');
}

async function requests(scenes: Scenes): Promise<void> {
  const letters = [
    ['bookclub', 'From the library book club', 'Marta gave me your address. Would you like to join us?\n\nJudite\n'],
    ['kiraly', 'Kérdés a kertről', 'Jó napot! A szomszédja ajánlotta Önt. Van még őszirózsapalántája?\n\nKirály Őrs\n'],
    ['sunthorn', 'สอบถามเรื่องคอนเสิร์ต', 'ยังมีบัตรเหลือไหมครับ\n\nสุนทร\n'],
  ] as const;
  for (const [localPart, subject, text] of letters)
    await (await person(scenes, localPart)).send(scenes.owner, { subject, text });
}

/** He tells his contacts, signed by both addresses, that he has another one now. */
async function movedPerson(scenes: Scenes): Promise<void> {
  const { owner } = scenes;
  const [before, after] = [await person(scenes, 'teo'), await person(scenes, 'teo.new')];
  await owner.meet(before, 'Teo Ricci');
  const { id } = await before.meet(owner, 'Nora');
  const move = { identityId: before.own.id, toIdentityId: after.own.id, contactIds: [id] };
  const [queued] = await before.stage.call('identities.announceMove', move);
  if (queued !== undefined) await before.delivery(queued, 'delivered');
}

/** Dave keeps the mail of both; she is away, so what is written to her is with him. */
async function heldMail(scenes: Scenes): Promise<void> {
  const { owner, alone } = scenes;
  const dave = await person(scenes, 'dave');
  const mei = await Actor.create(alone, { localPart: 'mei', label: '', colour: 'blue' });
  await agree(owner, dave, { client: 'Nora', holder: 'Dave Byrne' });
  await owner.verify(mei, { name: '陈美' });
  await mei.verify(owner, { name: 'Nora' });
  await agree(mei, dave, { client: '陈美', holder: 'Dave' });
  await owner.until(async () => ((await owner.contact(mei))?.holderCount === 1 ? true : undefined));
  await mei.setPaused(true);
  await owner.delivery(
    await owner.submit(mei, { subject: '乐谱', text: '乐谱在我这里，星期三带给你。\n\nNora\n' }),
    'held',
  );
}

/** One is away with a known key, of the other not even a key is known. */
async function waitingMail(scenes: Scenes): Promise<void> {
  const { owner } = scenes;
  const [tomas, noor] = [await person(scenes, 'tomas'), await person(scenes, 'noor')];
  await owner.meet(tomas, 'Tomáš Dvořák');
  await Promise.all([tomas.setPaused(true), noor.setPaused(true)]);
  await owner.add(noor, 'Noor Haddad');
  const ladder = await owner.submit(tomas, { subject: 'Ladder', text: 'May I borrow it on Saturday?\n\nNora\n' });
  await owner.delivery(ladder, 'recipient-offline');
  const hello = await owner.submit(noor, { subject: 'Hello from Nora', text: 'Marta says you sing, too.\n\nNora\n' });
  await owner.delivery(hello, 'waiting-for-key');
}

async function keptForAnother(scenes: Scenes): Promise<void> {
  await agree(await person(scenes, 'ewa'), scenes.owner, { client: 'Ewa Żak', holder: 'Nora' });
}

async function drafts({ owner }: Scenes): Promise<void> {
  const identityId = owner.own.id;
  const save = (to: string[], subject: string, text: string): Promise<Draft> =>
    owner.stage.call('drafts.save', { identityId, content: { to, cc: [], bcc: [], subject, text } });
  await save([], '', 'Flour, yeast, sunflower seeds, and ask for the large bowl back.');
  await save([], 'Przepis na piernik', 'Składniki: mąka, miód, …');
  const { id: draftId } = await save(
    [owner.own.address],
    'Seating plan',
    'Here is the plan; row four is not sure yet.',
  );
  const plan = Buffer.from('row,seat,name\r\n1,1,Inês\r\n1,2,Rui\r\n');
  await owner.stage.call('drafts.attach', {
    identityId,
    draftId,
    filename: 'seating plan.csv',
    contentType: 'text/csv',
    content: new Uint8Array(plan),
  });
}

/** The holder keeps mail for the client from now on; both have scanned each other's code. */
async function agree(client: Actor, holder: Actor, names: { client: string; holder: string }): Promise<void> {
  const { id: contactId } = await client.verify(holder, { name: names.holder });
  await holder.verify(client, { name: names.client });
  const asking = { identityId: client.own.id, contactId, terms: defaultHoldTerms };
  const { agreementId } = await client.stage.call('holding.ask', asking);
  const viewOf = (one: Actor) => one.stage.call('holding.view', { identityId: one.own.id });
  await holder.until(async () => (await viewOf(holder)).clients.find((other) => other.agreementId === agreementId));
  await holder.stage.call('holding.answer', { identityId: holder.own.id, agreementId, accept: true });
  await client.until(async () =>
    (await viewOf(client)).holders.find((other) => other.agreementId === agreementId && other.state === 'active'),
  );
}
