import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_APPEND_OCTETS } from '../../../domain/client-limits';
import { appendMessage, letter } from '../../testing/append-message';
import type { ImapClient } from '../../testing/imap-client';
import { converse } from '../../testing/transcript';
import { useImapHouse } from '../../testing/use-imap-house';

let client: ImapClient;
/** A mailbox of this test alone. */
let box: string;
const accounts = useImapHouse((made) => ({ client, box } = made));

/** Names that a LIST answered. */
async function names(command: string): Promise<string[]> {
  const responses = await client.run(command);
  expect(responses.at(-1)).toBe('OK Done');
  return responses.slice(0, -1).map((response) => response.replace(/^\* (?:LIST|LSUB) \([^)]*\) "\/" /, ''));
}

describe('CREATE, RENAME and DELETE', () => {
  it('make, name and remove mailboxes', async () => {
    await converse(
      client,
      `C: a CREATE owatagusiam/
       S: a OK [MAILBOXID (…)] Created
       C: b CREATE owatagusiam/blurdybloop
       S: b OK …
       C: c CREATE owatagusiam
       S: c NO [ALREADYEXISTS] …
       C: d CREATE inbox
       S: d NO [ALREADYEXISTS] …
       C: e DELETE owatagusiam
       S: e NO [HASCHILDREN] …
       C: f RENAME owatagusiam/blurdybloop other/place
       S: f OK Renamed
       C: g DELETE owatagusiam
       S: g OK Deleted
       C: h DELETE owatagusiam
       S: h NO [NONEXISTENT] …
       C: i DELETE INBOX
       S: i NO [CANNOT] …
       C: j RENAME nowhere x
       S: j NO [NONEXISTENT] …
       C: k RENAME other/place Sent
       S: k NO [ALREADYEXISTS] …`,
    );
    expect(await names('LIST "" other*')).toEqual(expect.arrayContaining(['other', 'other/place']));
  });

  it.each(['/../', 'a//b', '/', '&', '&AGE-', 'a/../b', '""'])('refuse %s as a name', async (name) => {
    expect(await client.run(`CREATE ${name}`)).toEqual([expect.stringMatching(/^NO \[CANNOT\] /)]);
  });

  it('refuse NUL in a name', async () => {
    await converse(client, 'C: a CREATE {3+}\nC: a\0b\nS: a NO [CANNOT] …');
  });

  it('of INBOX moves its mail', async () => {
    await appendMessage(client, { text: letter('one') });
    expect(await client.run('RENAME INBOX old')).toEqual(['OK Renamed']);
    await converse(
      client,
      `C: a STATUS old (MESSAGES)
       S: * STATUS old (MESSAGES 1)
       S: a OK Done
       C: b STATUS INBOX (MESSAGES)
       S: * STATUS INBOX (MESSAGES 0)
       S: b OK Done`,
    );
  });

  it('take names in modified UTF-7, and in UTF-8 where it is enabled', async () => {
    await client.run('CREATE Entw&APw-rfe2');
    expect(await names('LIST "" Entw*')).toEqual(['Entw&APw-rfe2']);
    await client.run('ENABLE UTF8=ACCEPT');
    expect(await names('LIST "" Entw*')).toEqual([Buffer.from('"Entwürfe2"', 'utf8').toString('latin1')]);
  });
});

describe('LIST', () => {
  beforeAll(() => {
    const account = accounts().open();
    for (const path of ['top', 'top/test', 'top/test2', 'top/test3/test4/test5']) account.create(path.split('/'));
    for (const { id, path } of account.mailboxes())
      if (path[0] === 'top') account.subscribe({ id, isSubscribed: false });
  });

  it.each([
    ['"" top/%', ['top/test', 'top/test2', 'top/test3']],
    ['"" top/%/%', ['top/test3/test4']],
    ['top/ *', ['top/test', 'top/test2', 'top/test3', 'top/test3/test4', 'top/test3/test4/test5']],
    ['"" top/*test4', ['top/test3/test4']],
    ['"" top/%3/%4', ['top/test3/test4']],
    ['"" inbox', ['INBOX']],
    ['"" NIL', []],
    ['"" ""', ['""']],
    ['"" (top/test top/%2)', ['top/test', 'top/test2']],
  ])('of %s tells %j', async (what, expected) => {
    expect((await names(`LIST ${what}`)).sort()).toEqual(expected);
  });

  it('tells children, subscriptions, special uses and status', async () => {
    await client.run('SUBSCRIBE top/test');
    await client.run('SUBSCRIBE top/test3/test4');
    await converse(
      client,
      `C: a LIST "" top/%t RETURN (SUBSCRIBED CHILDREN STATUS (MESSAGES UIDNEXT))
       S: * LIST (\\Subscribed \\HasNoChildren) "/" top/test
       S: * STATUS top/test (MESSAGES 0 UIDNEXT 1)
       S: a OK Done
       C: b LIST (SUBSCRIBED) "" top/*
       S: * LIST (\\Subscribed \\HasNoChildren) "/" top/test
       S: * LIST (\\Subscribed \\HasChildren) "/" top/test3/test4
       S: b OK Done
       C: c LIST (SUBSCRIBED RECURSIVEMATCH) "" (top/%)
       S: * LIST (\\Subscribed \\HasNoChildren) "/" top/test
       S: * LIST (\\HasChildren) "/" top/test3 (CHILDINFO ("SUBSCRIBED"))
       S: c OK Done
       C: d LSUB "" top/%
       S: * LSUB () "/" top/test
       S: * LSUB (\\Noselect) "/" top/test3
       S: d OK Done
       C: e LIST (SPECIAL-USE) "" Sent
       S: * LIST (\\HasNoChildren \\Sent) "/" Sent
       S: e OK Done
       C: f LIST (RECURSIVEMATCH) "" *
       S: f BAD …
       C: g LIST (NOSUCH) "" *
       S: g BAD …
       C: h LIST "" * RETURN (NOSUCH)
       S: h BAD …
       C: i SUBSCRIBE nowhere
       S: i NO [NONEXISTENT] …`,
    );
  });
});

describe('STATUS, NAMESPACE, QUOTA and ID', () => {
  it('answer', async () => {
    await appendMessage(client, { mailbox: box, text: letter('one'), before: '(\\Deleted) ' });
    await converse(
      client,
      `C: a STATUS ${box} (MESSAGES UNSEEN DELETED UIDNEXT SIZE RECENT APPENDLIMIT)
       S: * STATUS ${box} (MESSAGES 1 UNSEEN 1 DELETED 1 UIDNEXT 2 SIZE … RECENT … APPENDLIMIT ${String(MAX_APPEND_OCTETS)})
       S: a OK Done
       C: b STATUS INBOX (UIDVALIDITY HIGHESTMODSEQ MAILBOXID)
       S: * STATUS INBOX (UIDVALIDITY … HIGHESTMODSEQ … MAILBOXID (…))
       S: b OK Done
       C: c STATUS nowhere (MESSAGES)
       S: c NO [NONEXISTENT] …
       C: d STATUS INBOX ()
       S: d BAD …
       C: e NAMESPACE
       S: * NAMESPACE (("" "/")) NIL NIL
       S: e OK Done
       C: f GETQUOTAROOT INBOX
       S: * QUOTAROOT INBOX ""
       S: * QUOTA "" (STORAGE … …)
       S: f OK Done
       C: g GETQUOTA ""
       S: * QUOTA "" (STORAGE … …)
       S: g OK Done
       C: h GETQUOTA other
       S: h NO [NONEXISTENT] …
       C: i ID ("name" "mutt" "version" NIL)
       S: * ID ("name" "Posthorn")
       S: i OK Done
       C: j ID NIL
       S: * ID ("name" "Posthorn")
       S: j OK Done
       C: k CHECK
       S: k BAD Select a mailbox first`,
    );
  });
});

describe('APPEND', () => {
  it('takes flags, a date, and a literal of either kind', async () => {
    await converse(
      client,
      `C: a APPEND ${box} (\\Seen Mine) " 7-Feb-1994 21:52:25 -0800" {6}
       S: + OK
       C: a: b⏎
       S: a OK [APPENDUID … 1] Appended
       C: b APPEND ${box} ~{6+}
       C: a: b⏎
       S: b OK [APPENDUID … 2] Appended
       C: c APPEND ${box} UTF8 (~{6+}
       C: a: b⏎)
       S: c OK [APPENDUID … 3] Appended
       C: d APPEND {${String(box.length)}}
       S: + OK
       C: ${box} {6+}
       C: a: b⏎
       S: d OK [APPENDUID … 4] Appended
       C: e APPEND nowhere {6+}
       C: a: b⏎
       S: e NO [TRYCREATE] …
       C: f APPEND ${box} (\\Recent) {6+}
       C: a: b⏎
       S: f BAD …
       C: g APPEND ${box} {0+}
       C: 
       S: g NO …
       C: h APPEND ${box} text
       S: h BAD …
       C: i APPEND ${box} "31-Feb-1994 21:52:25 +0000" {6+}
       C: a: b⏎
       S: i BAD There is no such date`,
    );
  });

  it('refuses a message that is too large before it comes', async () => {
    await converse(
      client,
      `C: a APPEND ${box} {${String(MAX_APPEND_OCTETS + 1)}}
       S: a NO [TOOBIG] …
       C: b APPEND ${box} {4294967296}
       S: b NO [TOOBIG] …
       C: c NOOP
       S: c OK Done`,
    );
  });

  it('ends the connection for a message that is too large and comes all the same', async () => {
    client.send(`a APPEND ${box} {${String(MAX_APPEND_OCTETS + 1)}+}\r\nxxx`);
    expect(await client.next()).toBe('* BYE [TOOBIG] This is too much at once');
    await client.closed();
  });
});
