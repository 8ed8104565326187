import { beforeEach, describe, expect, it } from 'vitest';
import { appendMessage, letter } from '../../testing/append-message';
import type { ImapClient } from '../../testing/imap-client';
import type { ImapHouse } from '../../testing/imap-house';
import { converse } from '../../testing/transcript';
import { useImapHouse } from '../../testing/use-imap-house';

let house: ImapHouse;
let client: ImapClient;
/** A mailbox of this test alone. */
let box: string;
useImapHouse((made) => ({ house, client, box } = made));
/** Somebody else who reads the same mail. */
let other: ImapClient;
beforeEach(async () => {
  for (let number = 1; number <= 4; number += 1)
    await appendMessage(client, { mailbox: box, text: letter(`s${String(number)}`) });
  other = await house.select(box);
});

/** UIDVALIDITY and HIGHESTMODSEQ as STATUS tells them. */
async function known(): Promise<{ uidValidity: string; modseq: string }> {
  const status = (await other.run(`STATUS ${box} (UIDVALIDITY HIGHESTMODSEQ)`)).join('\n');
  const [, uidValidity = '', modseq = ''] = /UIDVALIDITY (\d+) HIGHESTMODSEQ (\d+)/.exec(status) ?? [];
  return { uidValidity, modseq };
}

describe('CONDSTORE (RFC 7162 3.1)', () => {
  it('is on once a command has asked for it, and then each change tells its MODSEQ', async () => {
    await client.run(`SELECT ${box}`);
    await converse(
      client,
      `C: a STORE 1 +FLAGS \\Seen
       S: * 1 FETCH (FLAGS (\\Seen…))
       S: a OK Stored
       C: b FETCH 1 MODSEQ
       S: * OK [HIGHESTMODSEQ …] …
       S: * 1 FETCH (MODSEQ (…))
       S: b OK Done
       C: c STORE 1 +FLAGS \\Flagged
       S: * 1 FETCH (FLAGS (…) MODSEQ (…))
       S: c OK Stored
       C: d UID STORE 1 +FLAGS.SILENT \\Draft
       S: * 1 FETCH (UID 1 MODSEQ (…))
       S: d OK Stored`,
    );
  });

  it('stores only what is unchanged', async () => {
    await client.run(`SELECT ${box} (CONDSTORE)`);
    const { modseq } = await known();
    await other.run('STORE 2 +FLAGS.SILENT \\Flagged');
    await converse(
      client,
      `C: a STORE 1:3 (UNCHANGEDSINCE ${modseq}) +FLAGS.SILENT (\\Deleted)
       S: * 2 FETCH (FLAGS (\\Flagged…) MODSEQ (…))
       S: * 1 FETCH (MODSEQ (…))
       S: * 3 FETCH (MODSEQ (…))
       S: a OK [MODIFIED 2] …
       C: b UID STORE 1:4 (UNCHANGEDSINCE ${modseq}) +FLAGS.SILENT (\\Seen)
       S: * 4 FETCH (UID 4 MODSEQ (…))
       S: b OK [MODIFIED 1:3] …
       C: c STORE 4 (UNCHANGEDSINCE 0) +FLAGS (\\Seen)
       S: c OK [MODIFIED 4] …`,
    );
  });

  it('fetches and finds what has changed since', async () => {
    const { modseq } = await known();
    await other.run('STORE 3 +FLAGS.SILENT \\Flagged');
    await client.run(`SELECT ${box}`);
    await converse(
      client,
      `C: a FETCH 1:* (FLAGS) (CHANGEDSINCE ${modseq})
       S: * OK [HIGHESTMODSEQ …] …
       S: * 3 FETCH (FLAGS (\\Flagged…) MODSEQ (…))
       S: a OK Done
       C: b SEARCH MODSEQ ${String(Number(modseq) + 1)}
       S: * SEARCH 3 (MODSEQ …)
       S: b OK Done
       C: c SEARCH RETURN (ALL) MODSEQ "/flags/\\\\flagged" all ${String(Number(modseq) + 1)}
       S: * ESEARCH (TAG "c") ALL 3 MODSEQ …
       S: c OK Done
       C: d FETCH 1:* (FLAGS) (CHANGEDSINCE 9007199254740991)
       S: d OK Done
       C: e UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)
       S: e BAD …
       C: f FETCH 1:* (FLAGS) (NOSUCH 1)
       S: f BAD …`,
    );
  });
});

describe('QRESYNC (RFC 7162 3.2)', () => {
  it('must be enabled', async () => {
    expect(await client.run(`SELECT ${box} (QRESYNC (1 1))`)).toEqual(['BAD QRESYNC must be enabled first']);
    expect(await client.run('ENABLE QRESYNC QRESYNC NOSUCH')).toEqual(['* ENABLED QRESYNC', 'OK Enabled']);
    expect(await client.run('ENABLE CONDSTORE')).toEqual(['* ENABLED', 'OK Enabled']);
  });

  it('tells at once what changed and what went', async () => {
    const { uidValidity, modseq } = await known();
    await other.run('STORE 2,4 +FLAGS.SILENT \\Deleted');
    await other.run('STORE 3 +FLAGS.SILENT \\Flagged');
    await other.run('EXPUNGE');
    await client.run('ENABLE QRESYNC');
    const whole = await client.run(`SELECT ${box} (QRESYNC (${uidValidity} ${modseq}))`);
    expect(whole.slice(-3)).toEqual([
      '* VANISHED (EARLIER) 2,4',
      expect.stringMatching(/^\* 2 FETCH \(UID 3 FLAGS \(\\Flagged.*\) MODSEQ \(\d+\)\)$/),
      'OK [READ-WRITE] Selected',
    ]);
    const part = await client.run(`SELECT ${box} (QRESYNC (${uidValidity} ${modseq} 1:2 (1:2 1:2)))`);
    expect(part.slice(-2)).toEqual(['* VANISHED (EARLIER) 2', 'OK [READ-WRITE] Selected']);
    const elsewhere = await client.run(`SELECT ${box} (QRESYNC (4294967295 ${modseq}))`);
    expect(elsewhere.join('\n')).not.toMatch(/VANISHED|FETCH/);
  });

  it('tells VANISHED instead of EXPUNGE', async () => {
    await client.run('ENABLE QRESYNC');
    await client.run(`SELECT ${box}`);
    await client.run('UID STORE 1,3 +FLAGS.SILENT \\Deleted');
    await converse(
      client,
      `C: a EXPUNGE
       S: * VANISHED 1,3
       S: a OK [HIGHESTMODSEQ …] Expunged
       C: b UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)
       S: * VANISHED (EARLIER) 1,3
       S: * 1 FETCH (UID 2 FLAGS (…) MODSEQ (…))
       S: * 2 FETCH (UID 4 FLAGS (…) MODSEQ (…))
       S: b OK Done
       C: c FETCH 1 (FLAGS) (CHANGEDSINCE 1 VANISHED)
       S: c BAD …
       C: d UID MOVE 2 Sent
       S: * OK [COPYUID …] Moved
       S: * VANISHED 2
       S: d OK [HIGHESTMODSEQ …] Done
       C: e CLOSE
       S: e OK [HIGHESTMODSEQ …] Closed`,
    );
    expect(await other.run('NOOP')).toEqual(['* 3 EXPUNGE', '* 2 EXPUNGE', '* 1 EXPUNGE', 'OK Done']);
  });
});
