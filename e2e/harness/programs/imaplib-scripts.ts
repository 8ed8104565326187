/** Python scripts that read and change mail by imaplib. Each reads JSON from its input and prints JSON. */

const logIn = `
import email, email.policy, imaplib, json, re, sys
asked = json.load(sys.stdin)
imap = imaplib.IMAP4('127.0.0.1', asked['imapPort'])
imap.login(asked['user'], asked['password'])
def ok(answer):
    kind, data = answer
    if kind != 'OK': raise SystemExit(f'refused: {data}')
    return data
def shown(octets):
    message = email.message_from_bytes(octets, policy=email.policy.default)
    text = message.get_body(preferencelist=('plain',))
    return {
        'subject': message['Subject'], 'from': message['From'], 'to': message['To'],
        'text': text.get_content() if text else '',
        'files': [part.get_filename() for part in message.iter_attachments()],
        'results': message['Authentication-Results'],
    }
`;

/** Reads every message of `mailbox`. Prints each with its UID and flags, as Python's own parser understands it. */
export const readMailScript = `${logIn}
ok(imap.select(asked['mailbox'], readonly=True))
read = []
for uid in ok(imap.uid('SEARCH', None, 'ALL'))[0].split():
    parts = ok(imap.uid('FETCH', uid, '(FLAGS BODY.PEEK[])'))
    [(head, octets)] = [part for part in parts if isinstance(part, tuple)]
    rest = [part for part in parts if isinstance(part, bytes)]
    flags = re.search(rb'FLAGS \\(([^)]*)\\)', b' '.join([head, *rest]))
    read.append({'uid': int(uid), 'flags': sorted(set(flags[1].decode().split()) - {'\\\\Recent'}), **shown(octets)})
print(json.dumps(read))
imap.logout()
`;

/** Finds the message with `subject` in the inbox, flags it, moves it to a new `mailbox`. Prints its UID. */
export const fileAwayScript = `${logIn}
ok(imap.select('INBOX'))
found = ok(imap.uid('SEARCH', None, 'SUBJECT', f'"{asked["subject"]}"'))[0]
ok(imap.uid('STORE', found, '+FLAGS', '(\\\\Flagged \\\\Seen Holiday)'))
ok(imap.create(asked['mailbox']))
ok(imap.subscribe(asked['mailbox']))
ok(imap.uid('MOVE', found, asked['mailbox']))
print(json.dumps(found.decode().split()))
imap.logout()
`;

/** Waits in the inbox by IDLE until a message comes. Prints «idling», then what the server said and what came. */
export const idleScript = `${logIn}
ok(imap.select('INBOX'))

tag = imap._new_tag()
imap.send(tag + b' IDLE\\r\\n')
imap.readline()
print('idling', flush=True)
said = []
while not any(re.match(rb'\\* (\\d+) EXISTS', line) for line in said): said.append(imap.readline().strip())
imap.send(b'DONE\\r\\n')
while not imap.readline().startswith(tag): pass
[(head, octets)] = [part for part in ok(imap.fetch('*', '(BODY.PEEK[])')) if isinstance(part, tuple)]
print(json.dumps({'said': [line.decode() for line in said], **shown(octets)}), flush=True)
imap.logout()
`;
