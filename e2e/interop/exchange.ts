import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeadlessNode } from '../harness/people/headless-node';
import { temporaryFolder } from '../harness/process/temporary-folder';

/** A person's Posthorn with one identity, and the keys it exports. */
export type Correspondent = {
  readonly node: HeadlessNode;
  readonly address: string;
  readonly onion: string;
  /** Of the identity key, upper case. */
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly certifyingKey: string;
  readonly secretKey: string;
};

/** One mail from Alice to Bob, delivered: the message as Bob received it and as Alice's Sent folder keeps it. */
export type Exchange = {
  readonly alice: Correspondent;
  readonly bob: Correspondent;
  readonly received: Buffer;
  readonly sent: Buffer;
  stop(): Promise<void>;
};

/** What the mail says; the subject has to be inside the seal alone. */
export const mailContent = {
  subject: 'Grüße vom Boot: the protected subject',
  text: 'Dear Bob,\nthis is for your eyes only. 📯\n',
  attachment: 'three cats\n',
} as const;

/** Locks the exported secret keys. */
export const exportPassphrase = 'a passphrase for other programs';

/** Two people without windows on the private Tor network exchange one mail, and export their keys. */
export async function exchangeMail(torrc: readonly string[]): Promise<Exchange> {
  const nodes: HeadlessNode[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
    for (const node of nodes) node.remove();
  };
  try {
    for (const name of ['alice', 'bob']) nodes.push(await HeadlessNode.start({ name, torrc }));
    const [alice, bob] = await Promise.all([correspondent(nodes[0]!, 'alice'), correspondent(nodes[1]!, 'bob')]);
    return { alice, bob, ...(await mailBetween(alice, bob)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function mailBetween(alice: Correspondent, bob: Correspondent): Promise<Pick<Exchange, 'received' | 'sent'>> {
  const folder = temporaryFolder('interop');
  try {
    const attachment = join(folder.path, 'cats.txt');
    writeFileSync(attachment, mailContent.attachment);
    const send = ['send', '--to', bob.address, '--subject', mailContent.subject, '--attach', attachment, '--wait'];
    await alice.node.json(send, mailContent.text);
    return {
      received: await savedMail(bob.node, 'requests', join(folder.path, 'received.eml')),
      sent: await savedMail(alice.node, 'sent', join(folder.path, 'sent.eml')),
    };
  } finally {
    folder.remove();
  }
}

async function correspondent(node: HeadlessNode, name: string): Promise<Correspondent> {
  const address = await node.createIdentity(name);
  await node.online(address);
  const [identity] = (await node.json(['addresses'])) as { readonly fingerprint: string }[];
  return {
    node,
    address,
    onion: address.split('@')[1]!,
    fingerprint: identity!.fingerprint.toUpperCase(),
    publicKey: await exportedKey(node, []),
    certifyingKey: await exportedKey(node, ['--certifying']),
    secretKey: await exportedKey(node, ['--secret'], `${exportPassphrase}\n`),
  };
}

async function exportedKey(node: HeadlessNode, options: readonly string[], input = ''): Promise<string> {
  const { status, stdout, stderr } = await node.posthorn(['export-key', ...options], input);
  if (status !== 0) throw new Error(`export-key: ${stderr}`);
  return stdout;
}

/** The newest message of a folder as a file keeps it. */
async function savedMail(node: HeadlessNode, folder: string, file: string): Promise<Buffer> {
  const [message] = (await node.json(['list', folder])) as { readonly id: string }[];
  await node.json(['save-eml', message!.id, file]);
  return readFileSync(file);
}
