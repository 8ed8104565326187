import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendMessage, letter } from '../../testing/append-message';
import type { ImapClient } from '../../testing/imap-client';
import { ImapHouse } from '../../testing/imap-house';
import { converse } from '../../testing/transcript';
import { useImapHouse } from '../../testing/use-imap-house';

let house: ImapHouse;
let client: ImapClient;
/** A mailbox of this test alone. */
let box: string;
const accounts = useImapHouse((made) => ({ house, client, box } = made));

/** Puts so many letters into the mailbox, and selects it. */
async function select(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1)
    await appendMessage(client, {
      mailbox: box,
      text: letter(`s${String(number)}`, `Message-ID: <${String(number)}@x>\n`),
    });
  await client.run(`SELECT ${box}`);
}

describe('SELECT', () => {
  it('tells of the mailbox', async () => {
    await appendMessage(client, { mailbox: box, text: letter('one'), before: '(\\Seen $Forwarded Mine) ' });
    await appendMessage(client, { mailbox: box, text: letter('two') });
    await converse(
      client,
      `C: a SELECT ${box}
       S: * FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft …)
       S: * OK [PERMANENTFLAGS (\\Seen … \\*)] …
       S: * 2 EXISTS
       S: * …RECENT
       S: * OK [UNSEEN 2] …
       S: * OK [UIDVALIDITY …] …
       S: * OK [UIDNEXT 3] …
       S: * OK [HIGHESTMODSEQ …] …
       S: * OK [MAILBOXID (…)] …
       S: a OK [READ-WRITE] Selected
       C: b EXAMINE ${box}
       S: * OK [CLOSED] …
       S: * FLAGS …
       S: * OK [PERMANENTFLAGS ()] …
       S: * 2 EXISTS
       S: * 0 RECENT
       S: * OK [UNSEEN 2] …
       S: * OK [UIDVALIDITY …
       S: * OK [UIDNEXT …
       S: * OK [HIGHESTMODSEQ …
       S: * OK [MAILBOXID …
       S: b OK [READ-ONLY] Selected
       C: c STORE 1 +FLAGS \\Flagged
       S: c NO [READ-ONLY] …
       C: d EXPUNGE
       S: d NO [READ-ONLY] …
       C: e FETCH 2 (BODY[TEXT])
       S: * 2 FETCH (BODY[TEXT] {12}⏎Hello, two⏎)
       S: e OK Done`,
    );
  });

  it('of no mailbox leaves none selected', async () => {
    await select(1);
    await converse(
      client,
      `C: a SELECT nowhere
       S: * OK [CLOSED] …
       S: a NO [NONEXISTENT] …
       C: b FETCH 1 FLAGS
       S: b BAD Select a mailbox first`,
    );
  });

  it('of RFC 9051 tells the name, and nothing of recent messages', async () => {
    await select(1);
    await client.run('UNSELECT');
    await client.run('ENABLE IMAP4rev2');
    const responses = await client.run(`SELECT ${box}`);
    expect(responses).toContain(`* LIST () "/" ${box}`);
    expect(responses.join('\n')).not.toMatch(/RECENT|UNSEEN/);
    expect(await client.run('SEARCH ALL')).toEqual([
      expect.stringMatching(/^\* ESEARCH \(TAG "t\d+"\) ALL 1$/),
      'OK Done',
    ]);
  });
});

describe('FETCH', () => {
  it('takes sets of numbers and UIDs', async () => {
    await select(3);
    await client.run('STORE 2 +FLAGS.SILENT \\Deleted');
    await client.run('EXPUNGE');
    await converse(
      client,
      `C: a FETCH 2:1 UID
       S: * 1 FETCH (UID 1)
       S: * 2 FETCH (UID 3)
       S: a OK Done
       C: b UID FETCH 4:* FLAGS
       S: * 2 FETCH (UID 3 FLAGS (…))
       S: b OK Done
       C: c UID FETCH 2 FLAGS
       S: c OK Done
       C: d UID FETCH *:1 UID
       S: * 1 FETCH (UID 1)
       S: * 2 FETCH (UID 3)
       S: d OK Done
       C: e FETCH 3 FLAGS
       S: e BAD There is no message of such a number
       C: f FETCH 4294967296 FLAGS
       S: f BAD …
       C: g UID FETCH 4294967295 FLAGS
       S: g OK Done
       C: h FETCH 0 FLAGS
       S: h BAD …`,
    );
  });

  it('tells macros and single items', async () => {
    await appendMessage(client, {
      mailbox: box,
      text: letter('one'),
      before: '(\\Seen) "17-Jul-1996 02:44:25 -0700" ',
    });
    await client.run(`SELECT ${box}`);
    await converse(
      client,
      `C: a FETCH 1 FAST
       S: * 1 FETCH (FLAGS (\\Seen…) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 123)
       S: a OK Done
       C: b FETCH 1 ALL
       S: * 1 FETCH (FLAGS … ENVELOPE ("Sat, 24 Mar 2007 23:00:00 +0200" "one" (("Bob" NIL "bob" "example.onion")) …))
       S: b OK Done
       C: c FETCH 1 FULL
       S: * 1 FETCH (FLAGS … BODY ("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 12 1))
       S: c OK Done
       C: d FETCH 1 (EMAILID THREADID SAVEDATE PREVIEW (LAZY) MODSEQ BODYSTRUCTURE)
       S: * OK [HIGHESTMODSEQ …] …
       S: * 1 FETCH (EMAILID (…) THREADID (…) SAVEDATE "…" PREVIEW … MODSEQ (…) BODYSTRUCTURE ("TEXT" …))
       S: d OK Done
       C: e FETCH 1 NOSUCH
       S: e BAD …
       C: f FETCH 1 ()
       S: f BAD …`,
    );
  });

  it('tells sections, and marks as seen what it does not only peek at', async () => {
    await select(2);
    await converse(
      client,
      `C: a FETCH 1 (BODY.PEEK[HEADER.FIELDS (subject "X-None")])
       S: * 1 FETCH (BODY[HEADER.FIELDS (subject X-None)] {15}⏎Subject: s1⏎⏎)
       S: a OK Done
       C: b FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (From To Date Message-ID)]
       S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (From To Date Message-ID)] {15}⏎Subject: s1⏎⏎)
       S: b OK Done
       C: c FETCH 1 BODY.PEEK[HEADER.FIELDS (X-None)]
       S: * 1 FETCH (BODY[HEADER.FIELDS (X-None)] {2}⏎⏎)
       S: c OK Done
       C: d FETCH 1 (BODY.PEEK[TEXT]<7.2> BODY.PEEK[TEXT]<9.100> BODY.PEEK[TEXT]<11.5> BODY.PEEK[]<4000.1>)
       S: * 1 FETCH (BODY[TEXT]<7> {2}⏎s1 BODY[TEXT]<9> {2}⏎⏎ BODY[TEXT]<11> "" BODY[]<4000> "")
       S: d OK Done
       C: e FETCH 1 (BODY.PEEK[1] BODY.PEEK[2] BODY.PEEK[1.HEADER] RFC822.SIZE)
       S: * 1 FETCH (BODY[1] {11}⏎Hello, s1⏎ BODY[2] NIL BODY[1.HEADER] NIL RFC822.SIZE …)
       S: e OK Done
       C: f FETCH 1 FLAGS
       S: * 1 FETCH (FLAGS (…))
       S: f OK Done
       C: g FETCH 1 BODY[TEXT]
       S: * 1 FETCH (BODY[TEXT] {11}⏎Hello, s1⏎ FLAGS (\\Seen…))
       S: g OK Done
       C: h FETCH 1 RFC822.TEXT
       S: * 1 FETCH (RFC822.TEXT {11}⏎Hello, s1⏎)
       S: h OK Done
       C: i FETCH 2 (RFC822 FLAGS)
       S: * 2 FETCH (RFC822 {…}⏎From: …Hello, s2⏎ FLAGS (\\Seen…))
       S: i OK Done
       C: j FETCH 1 BODY[0]
       S: j BAD …
       C: k FETCH 1 BODY[MIME]
       S: k BAD …`,
    );
  });

  it('decodes parts for BINARY', async () => {
    const parts = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\nAGhlbGxv\n--b\nContent-Transfer-Encoding: Quoted-Printable\n\na=3Db=\nc\n--b\nContent-Transfer-Encoding: x-mine\n\n?\n--b--\n`;
    await appendMessage(client, { mailbox: box, text: parts });
    await client.run(`SELECT ${box}`);
    await converse(
      client,
      `C: a FETCH 1 (BINARY.PEEK[1] BINARY.SIZE[1] BINARY.PEEK[2] BINARY.PEEK[1]<1.4> BODY.PEEK[1] BODY.PEEK[2.MIME])
       S: * 1 FETCH (BINARY[1] ~{6}⏎\0hello BINARY.SIZE[1] 6 BINARY[2] {4}⏎a=bc BINARY[1]<1> {4}⏎hell BODY[1] {8}⏎AGhlbGxv BODY[2.MIME] {47}⏎Content-Transfer-Encoding: Quoted-Printable⏎⏎)
       S: a OK Done
       C: b FETCH 1 BINARY.PEEK[3]
       S: b NO [UNKNOWN-CTE] …
       C: c FETCH 1 BINARY.SIZE[4]
       S: * 1 FETCH (BINARY.SIZE[4] NIL)
       S: c OK Done`,
    );
  });
});

describe('STORE', () => {
  it('changes flags, and tells them unless it is silent', async () => {
    await select(2);
    await converse(
      client,
      `C: a STORE 1:2 FLAGS (\\Seen \\Draft)
       S: * 1 FETCH (FLAGS (\\Seen \\Draft…))
       S: * 2 FETCH (FLAGS (\\Seen \\Draft…))
       S: a OK Stored
       C: b UID STORE 2 -FLAGS.SILENT \\Draft
       S: b OK Stored
       C: c FETCH 2 FLAGS
       S: * 2 FETCH (FLAGS (\\Seen…))
       S: c OK Done
       C: d STORE 1 +FLAGS (notheardof)
       S: * FLAGS (… notheardof)
       S: * 1 FETCH (FLAGS (…notheardof…))
       S: d OK Stored
       C: e STORE 1 +FLAGS \\Nonsense
       S: e BAD There is no such flag
       C: f STORE 1 FLAGS ()
       S: * 1 FETCH (FLAGS (…))
       S: f OK Stored
       C: g STORE 9 FLAGS ()
       S: g BAD …`,
    );
  });

  it('is seen by others, who are told of no change twice', async () => {
    await select(2);
    const other = await house.select(box);
    await client.run('STORE 1 +FLAGS.SILENT \\Flagged');
    await client.run('STORE 2 +FLAGS \\Flagged');
    expect(await client.run('NOOP')).toEqual(['OK Done']);
    expect(await other.run('NOOP')).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(FLAGS \(\\Flagged.*\)\)$/),
      expect.stringMatching(/^\* 2 FETCH \(FLAGS \(\\Flagged.*\)\)$/),
      'OK Done',
    ]);
    expect(await other.run('NOOP')).toEqual(['OK Done']);
  });
});

describe('EXPUNGE', () => {
  it('tells the numbers as they are at that moment', async () => {
    await select(4);
    await client.run('STORE 1,3,4 +FLAGS.SILENT \\Deleted');
    const expunged = await client.run('EXPUNGE');
    expect(expunged).toEqual(['* 4 EXPUNGE', '* 3 EXPUNGE', '* 1 EXPUNGE', 'OK Expunged']);
  });

  it('of UIDs leaves the others', async () => {
    await select(3);
    await client.run('STORE 1:3 +FLAGS.SILENT \\Deleted');
    expect(await client.run('UID EXPUNGE 2:3')).toEqual(['* 3 EXPUNGE', '* 2 EXPUNGE', 'OK Expunged']);
  });

  it('is not told to others while numbers must stay', async () => {
    await select(3);
    const other = await house.select(box);
    await client.run('STORE 1 +FLAGS.SILENT \\Deleted');
    await client.run('EXPUNGE');
    expect(await other.run('FETCH 1:3 UID')).toEqual(
      ['* 2 FETCH (UID 2)', '* 3 FETCH (UID 3)', 'NO [EXPUNGEISSUED] Some of the messages are gone'].map((line) =>
        line.replace('FETCH (UID', 'FETCH (UID'),
      ),
    );
    expect(await other.run('SEARCH 1:3')).toEqual(['* SEARCH 1 2 3', 'OK Done']);
    expect(await other.run('STORE 3 FLAGS.SILENT ()')).toEqual(['OK Stored']);
    expect(await other.run('UID FETCH 3 UID')).toEqual(['* 3 FETCH (UID 3)', '* 1 EXPUNGE', 'OK Done']);
  });

  it('is done by CLOSE without a word, and not by UNSELECT', async () => {
    await select(2);
    await client.run('STORE 1 +FLAGS.SILENT \\Deleted');
    expect(await client.run('UNSELECT')).toEqual(['OK Unselected']);
    expect(await client.run(`SELECT ${box}`)).toContain('* 2 EXISTS');
    expect(await client.run('CLOSE')).toEqual(['OK Closed']);
    expect(await client.run(`SELECT ${box}`)).toContain('* 1 EXISTS');
  });
});

describe('COPY and MOVE', () => {
  it('tell where messages came to lie', async () => {
    await select(3);
    await converse(
      client,
      `C: a COPY 1,3 Sent
       S: a OK [COPYUID … 1,3 1:2] Done
       C: b UID MOVE 2:3 Sent
       S: * OK [COPYUID … 2:3 3:4] Moved
       S: * 3 EXPUNGE
       S: * 2 EXPUNGE
       S: b OK Done
       C: c COPY 1 nowhere
       S: c NO [TRYCREATE] …
       C: d UID COPY 99 Sent
       S: d OK Done
       C: e COPY 2 Sent
       S: e BAD …
       C: f STATUS Sent (MESSAGES UIDNEXT)
       S: * STATUS Sent (MESSAGES 4 UIDNEXT 5)
       S: f OK Done`,
    );
  });

  it('into the same mailbox give new UIDs', async () => {
    await select(1);
    expect(await client.run(`MOVE 1 ${box}`)).toEqual([
      expect.stringMatching(/^\* OK \[COPYUID \d+ 1 2\]/),
      '* 1 EXPUNGE',
      '* 1 EXISTS',
      expect.stringMatching(/^\* \d RECENT$/),
      'OK Done',
    ]);
  });
});

describe('SEARCH', () => {
  /** A mailbox that no test changes. */
  let searched: string;
  beforeAll(async () => {
    const filling = await ImapHouse.open(accounts().open());
    const first = await filling.logIn();
    searched = accounts().newBox();
    await appendMessage(first, {
      mailbox: searched,
      text: letter('hello beautiful world'),
      before: '(\\Seen) "25-Mar-2007 00:00:00 +0000" ',
    });
    await appendMessage(first, {
      mailbox: searched,
      text: letter('other', 'X-Extra: here\nCc: Carol <carol@c.onion>\n'),
      before: '(\\Flagged mine) ',
    });
    await filling.close();
  });
  beforeEach(async () => {
    await client.run(`SELECT ${searched}`);
  });

  it.each([
    ['ALL', '1 2'],
    ['SEEN', '1'],
    ['UNSEEN', '2'],
    ['FLAGGED UNSEEN', '2'],
    ['NOT FLAGGED', '1'],
    ['OR SEEN FLAGGED', '1 2'],
    ['KEYWORD mine', '2'],
    ['UNKEYWORD mine', '1'],
    ['SUBJECT "eautiful wor"', '1'],
    ['SUBJECT BEAUTIFUL', '1'],
    ['FROM bob', '1 2'],
    ['CC carol', '2'],
    ['TEXT x-extra', '2'],
    ['BODY hello', '1 2'],
    ['BODY ""', '1 2'],
    ['HEADER X-Extra ""', '2'],
    ['NOT HEADER x-extra ""', '1'],
    ['HEADER Subject other', '2'],
    ['SENTON 24-Mar-2007', '1 2'],
    ['SENTSINCE 25-Mar-2007', ''],
    ['ON 25-Mar-2007', '1'],
    ['SINCE 26-Mar-2007', '2'],
    ['BEFORE 26-Mar-2007', '1'],
    ['LARGER 10', '1 2'],
    ['SMALLER 10', ''],
    ['UID 2', '2'],
    ['UID 99:*', '2'],
    ['1:99', '1 2'],
    ['99', ''],
    ['*', '2'],
    ['(1 (SEEN)) UID 1', '1'],
    ['CHARSET UTF-8 SUBJECT other', '2'],
    ['CHARSET US-ASCII SUBJECT other', '2'],
    ['SAVEDATESUPPORTED', '1 2'],
  ])('of %s finds %j', async (keys, expected) => {
    expect(await client.run(`SEARCH ${keys}`)).toEqual([`* SEARCH${expected === '' ? '' : ` ${expected}`}`, 'OK Done']);
  });

  it('answers as RETURN asks (ESEARCH)', async () => {
    await converse(
      client,
      `C: a SEARCH RETURN (MIN MAX COUNT ALL) ALL
       S: * ESEARCH (TAG "a") MIN 1 MAX 2 ALL 1:2 COUNT 2
       S: a OK Done
       C: b UID SEARCH RETURN () FLAGGED
       S: * ESEARCH (TAG "b") UID ALL 2
       S: b OK Done
       C: c SEARCH RETURN (MIN COUNT) DELETED
       S: * ESEARCH (TAG "c") COUNT 0
       S: c OK Done
       C: d SEARCH RETURN (NOSUCH) ALL
       S: d BAD …`,
    );
  });

  it('saves what it found (SEARCHRES)', async () => {
    await converse(
      client,
      `C: a SEARCH RETURN (SAVE) FLAGGED
       S: a OK Done
       C: b FETCH $ UID
       S: * 2 FETCH (UID 2)
       S: b OK Done
       C: c SEARCH $ SEEN
       S: * SEARCH
       S: c OK Done
       C: d SEARCH RETURN (SAVE MIN) ALL
       S: * ESEARCH (TAG "d") MIN 1
       S: d OK Done
       C: e UID FETCH $ UID
       S: * 1 FETCH (UID 1)
       S: e OK Done
       C: f SEARCH RETURN (SAVE) CHARSET X TEXT a
       S: f NO [BADCHARSET (US-ASCII UTF-8)] …
       C: g FETCH $ UID
       S: g OK Done`,
    );
  });

  it('refuses what it cannot read', async () => {
    await converse(
      client,
      `C: a SEARCH NOSUCH
       S: a BAD …
       C: b SEARCH SINCE 31-Feb-2007
       S: b BAD There is no such date
       C: c SEARCH CHARSET US-ASCII SUBJECT {2+}
       C: ü
       S: c BAD This is not US-ASCII
       C: d SEARCH (ALL
       S: d BAD …
       C: e SEARCH
       S: e BAD …`,
    );
  });
});

describe('SORT and THREAD', () => {
  it('order and join what was found', async () => {
    await appendMessage(client, { mailbox: box, text: letter('beta', 'Message-ID: <1@x>\n') });
    await appendMessage(client, { mailbox: box, text: letter('Re: beta', 'Message-ID: <2@x>\nReferences: <1@x>\n') });
    await appendMessage(client, { mailbox: box, text: letter('alpha, which is longer') });
    await client.run(`SELECT ${box}`);
    await converse(
      client,
      `C: a SORT (SUBJECT) UTF-8 ALL
       S: * SORT 3 1 2
       S: a OK Done
       C: b UID SORT (REVERSE SIZE) US-ASCII 1:2
       S: * SORT 2 1
       S: b OK Done
       C: c SORT (ARRIVAL) X-NONE ALL
       S: c NO [BADCHARSET …] …
       C: d SORT (NOSUCH) UTF-8 ALL
       S: d BAD …
       C: e SORT () UTF-8 ALL
       S: e BAD …
       C: f THREAD REFERENCES UTF-8 ALL
       S: * THREAD (1 2)(3)
       S: f OK Done
       C: g UID THREAD ORDEREDSUBJECT UTF-8 ALL
       S: * THREAD (1 2)(3)
       S: g OK Done
       C: h THREAD REFS UTF-8 ALL
       S: h BAD …`,
    );
  });
});

describe('IDLE', () => {
  it('tells of what others do, as it happens', async () => {
    await select(1);
    const other = await house.logIn();
    await converse(client, 'C: a IDLE\nS: + idling');
    await appendMessage(other, { mailbox: box, text: letter('new') });
    expect([await client.next(), await client.next()]).toEqual(['* 2 EXISTS', expect.stringMatching(/RECENT$/)]);
    await other.run(`SELECT ${box}`);
    await other.run('STORE 1 +FLAGS.SILENT \\Deleted');
    expect(await client.next()).toMatch(/^\* 1 FETCH \(FLAGS \(\\Deleted.*\)\)$/);
    await other.run('EXPUNGE');
    expect(await client.next()).toBe('* 1 EXPUNGE');
    await converse(client, 'C: DONE\nS: a OK Done\nC: b IDLE\nS: + idling\nC: c NOOP\nS: b BAD IDLE ends with DONE');
  });
});
