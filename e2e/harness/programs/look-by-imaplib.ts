import type { ProgramLogin } from './let-program-in';
import type { ProgramHome } from './program-home';

/** A mailbox as Python's imaplib finds it. */
export type SeenMailbox = {
  readonly uidValidity: number;
  readonly uidNext: number;
  readonly messages: readonly SeenMessage[];
};
export type SeenMessage = { readonly uid: number; readonly messageId: string; readonly flags: readonly string[] };

/** Reads `[port, user, password]` from its input; prints all mailboxes by name. */
const script = `
import imaplib, json, re, sys
port, user, password = json.load(sys.stdin)
mailboxes = imaplib.IMAP4('127.0.0.1', port)
mailboxes.login(user, password)
def look(name):
    kind, [count] = mailboxes.select(name, readonly=True)
    if kind != 'OK': raise SystemExit(f'SELECT {name}: {count}')
    number = lambda code: int(mailboxes.response(code)[1][0])
    found = {'uidValidity': number('UIDVALIDITY'), 'uidNext': number('UIDNEXT'), 'messages': []}
    if int(count) > 0:
        kind, parts = mailboxes.uid('FETCH', '1:*', '(UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])')
        if kind != 'OK': raise SystemExit(f'FETCH {name}: {parts}')
        for head, field in (part for part in parts if isinstance(part, tuple)):
            found['messages'].append({
                'uid': int(re.search(rb'UID (\\d+)', head)[1]),
                'messageId': field.decode().partition(':')[2].strip(),
                'flags': sorted(re.search(rb'FLAGS \\(([^)]*)\\)', head)[1].decode().split()),
            })
        if len(found['messages']) != int(count): raise SystemExit(f'{name} has {count} messages, and showed {parts}')
    return found
names = [re.search(rb'"/" "?(.+?)"?$', line)[1].decode() for line in mailboxes.list()[1]]
print(json.dumps({name: look(f'"{name}"') for name in names}))
mailboxes.logout()
`;

/** What lies in each mailbox, by its name as IMAP writes it; nothing is changed by looking. */
export async function lookByImaplib(
  home: ProgramHome,
  { imapPort, user, password }: ProgramLogin,
): Promise<ReadonlyMap<string, SeenMailbox>> {
  const printed = await home.succeed(['/usr/bin/python3', '-c', script], JSON.stringify([imapPort, user, password]));
  return new Map(Object.entries(JSON.parse(printed) as Record<string, SeenMailbox>));
}
