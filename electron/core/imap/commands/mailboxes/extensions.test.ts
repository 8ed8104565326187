import { describe, expect, it } from 'vitest';
import { MAX_APPEND_OCTETS } from '../../../domain/client-limits';
import type { ImapClient } from '../../testing/imap-client';
import { converse } from '../../testing/transcript';
import { useImapHouse } from '../../testing/use-imap-house';

let client: ImapClient;
/** A mailbox of this test alone. */
let box: string;
useImapHouse((made) => ({ client, box } = made));

it('are told of', async () => {
  const [told = ''] = await client.run('CAPABILITY');
  expect(told.split(' ')).toEqual(expect.arrayContaining(['CREATE-SPECIAL-USE', 'LIST-EXTENDED', 'MULTIAPPEND']));
});

describe('MULTIAPPEND (RFC 3502)', () => {
  it('keeps several messages, each with flags and date of its own, and tells their UIDs in order', async () => {
    await converse(
      client,
      `C: a APPEND ${box} (\\Seen) {6}
       S: + OK
       C: a: 1⏎ (\\Flagged) " 7-Feb-1994 22:43:04 -0800" {6+}
       C: a: 2⏎ {6+}
       C: a: 3⏎
       S: a OK [APPENDUID … 1,2,3] Appended
       C: b SELECT ${box}
       S: * FLAGS …
       S: * OK …
       S: * 3 EXISTS
       S: * 3 RECENT
       S: * OK [UNSEEN 2] …
       S: * OK …
       S: * OK …
       S: * OK …
       S: * OK …
       S: b OK …
       C: c FETCH 1:3 (FLAGS BODY.PEEK[])
       S: * 1 FETCH (FLAGS (\\Seen \\Recent) BODY[] {6}⏎a: 1⏎)
       S: * 2 FETCH (FLAGS (\\Flagged \\Recent) BODY[] {6}⏎a: 2⏎)
       S: * 3 FETCH (FLAGS (\\Recent) BODY[] {6}⏎a: 3⏎)
       S: c OK Done`,
    );
  });

  it('keeps all or none: when one is given up, too large, in a form that is none, or has too many keywords', async () => {
    const keywords = Array.from({ length: 900 }, (_, at) => `k${String(at)}`).join(' ');
    await converse(
      client,
      `C: a APPEND ${box} {6+}
       C: a: 1⏎ {0+}
       C: 
       S: a NO [CANNOT] …
       C: b APPEND ${box} {6+}
       C: a: 1⏎ {${String(MAX_APPEND_OCTETS)}}
       S: b NO [TOOBIG] …
       C: c APPEND ${box} {6+}
       C: a: 1⏎ text
       S: c BAD …
       C: d APPEND ${box} {6+}
       C: a: 1⏎{6+}
       C: a: 2⏎
       S: d BAD …
       C: e APPEND ${box} {6+}
       C: a: 1⏎ (${keywords}) {6+}
       C: a: 2⏎
       S: e NO [LIMIT] …
       C: f STATUS ${box} (MESSAGES)
       S: * STATUS ${box} (MESSAGES 0)
       S: f OK Done`,
    );
  });
});

describe('CREATE-SPECIAL-USE (RFC 6154 3)', () => {
  it('makes a mailbox for junk, once, and none for what there is already or cannot be', async () => {
    await converse(
      client,
      `C: a CREATE Spam (USE (\\Junk))
       S: a OK [MAILBOXID (…)] Created
       C: b LIST (SPECIAL-USE) "" Spam
       S: * LIST (\\HasNoChildren \\Junk) "/" Spam
       S: b OK Done
       C: c CREATE Other (USE (\\Junk))
       S: c NO [USEATTR] …
       C: d CREATE Other (USE (\\Sent))
       S: d NO [USEATTR] …
       C: e CREATE Other (USE (\\All))
       S: e NO [USEATTR] …
       C: f CREATE Other (USE (\\Important \\Flagged))
       S: f NO [USEATTR] …
       C: g LIST "" Other
       S: g OK Done
       C: h CREATE Other (USE ())
       S: h OK …
       C: i CREATE Third (USE \\Junk)
       S: i BAD …`,
    );
  });
});

describe('subscriptions (RFC 9051 6.3.7, RFC 5258)', () => {
  it('stay when their mailbox goes, until somebody unsubscribes or makes it anew', async () => {
    await converse(
      client,
      `C: a CREATE ${box}/gone
       S: a OK …
       C: b DELETE ${box}/gone
       S: b OK Deleted
       C: c LIST (SUBSCRIBED) "" ${box}/*
       S: * LIST (\\NonExistent \\Subscribed \\HasNoChildren) "/" ${box}/gone
       S: c OK Done
       C: d LIST "" ${box}/* RETURN (SUBSCRIBED CHILDREN)
       S: d OK Done
       C: e LIST (SUBSCRIBED RECURSIVEMATCH) "" ${box}
       S: * LIST (\\Subscribed \\HasNoChildren) "/" ${box} (CHILDINFO ("SUBSCRIBED"))
       S: e OK Done
       C: f LSUB "" ${box}/*
       S: * LSUB (\\Noselect) "/" ${box}/gone
       S: f OK Done
       C: g SUBSCRIBE ${box}/gone
       S: g OK Done
       C: h SELECT ${box}/gone
       S: h NO [NONEXISTENT] …
       C: i CREATE ${box}/gone
       S: i OK …
       C: j LIST (SUBSCRIBED) "" ${box}/*
       S: * LIST (\\Subscribed \\HasNoChildren) "/" ${box}/gone
       S: j OK Done
       C: k DELETE ${box}/gone
       S: k OK Deleted
       C: l UNSUBSCRIBE ${box}/gone
       S: l OK Done
       C: m LIST (SUBSCRIBED) "" ${box}/*
       S: m OK Done
       C: n UNSUBSCRIBE ${box}/gone
       S: n NO [NONEXISTENT] …`,
    );
  });
});

describe('INTERNALDATE', () => {
  it('is told in the zone in which it came, and its day there is what a search means (RFC 9051 6.4.4)', async () => {
    const dates = ['24-Mar-2007 23:59:59 +0200', '25-Mar-2007 00:00:00 +0200', '26-Mar-2007 00:30:00 -0430'];
    for (const date of dates) await client.run(`APPEND ${box} "${date}" {6+}\r\na: b\r\n`);
    await client.run(`SELECT ${box}`);
    await converse(
      client,
      `C: a FETCH 1:3 INTERNALDATE
       S: * 1 FETCH (INTERNALDATE "${dates[0] ?? ''}")
       S: * 2 FETCH (INTERNALDATE "${dates[1] ?? ''}")
       S: * 3 FETCH (INTERNALDATE "${dates[2] ?? ''}")
       S: a OK Done
       C: b SEARCH BEFORE 25-Mar-2007
       S: * SEARCH 1
       S: b OK Done
       C: c SEARCH ON 25-Mar-2007
       S: * SEARCH 2
       S: c OK Done
       C: d SEARCH SINCE 26-Mar-2007
       S: * SEARCH 3
       S: d OK Done
       C: e SORT (REVERSE ARRIVAL) UTF-8 ALL
       S: * SORT 3 2 1
       S: e OK Done
       C: f COPY 3 ${box}
       S: * 4 EXISTS
       S: * 4 RECENT
       S: f OK …
       C: h FETCH 4 INTERNALDATE
       S: * 4 FETCH (INTERNALDATE "${dates[2] ?? ''}")
       S: h OK Done
       C: g APPEND ${box} "25-Mar-2007 00:00:00 +9900" {6+}
       C: a: b⏎
       S: g BAD There is no such zone`,
    );
  });
});
