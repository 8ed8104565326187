import { pack } from 'tar-stream';
import { createHash } from 'node:crypto';
import { writeManifest } from '../../electron/core/backup/backup-manifest';
import { writeVault } from '../../electron/core/backup/vault-record';
import { writeCardUri } from '../../electron/core/domain/card-text';
import { vaultIdentity } from '../../electron/core/store/testing/store-fixtures';
import { defaultSettings } from '../../shared/settings';
import { NOW, reader } from '../fixtures/reader';
import type { Seeds } from './seeds';

const { address, fingerprint } = reader;
const onion = address.slice(address.lastIndexOf('@') + 1);

/** What people type, what QR codes hold, what programs on the same machine say. */
export async function textSeeds(): Promise<Seeds> {
  const vault = writeVault({ identities: [vaultIdentity({ address })], guests: [], settings: defaultSettings });
  const contents = {
    createdAt: NOW,
    withMail: true,
    identities: [{ address, label: 'Home', contacts: 1, messages: 2 }],
  };
  const mail = Buffer.from('SQLite');
  const manifest = writeManifest({ contents, entries: [entryOf('vault.json', vault), entryOf('mail-1.db', mail)] });
  const files = { 'manifest.json': manifest, 'vault.json': vault, 'mail-1.db': mail };
  return {
    'backup-records': { vault, manifest },
    'backup-archive': { good: await tarOf(files), outside: await tarOf({ ...files, '../mail-1.db': mail }) },
    'card-text': {
      card: writeCardUri({ address, fingerprint, code: 'A'.repeat(22) }),
      address,
      list: `mailto:${address},other@${onion}?subject=x&to=a`,
      spaced: `MAILTO: ${address.toUpperCase()} ?fpr=${fingerprint.match(/.{4}/gu)?.join('%20') ?? ''}`,
      sentence: `Write to «${address}».`,
    },
    addresses: {
      bare: address,
      named: `"Bob, B." <${address}>`,
      encoded: `=?utf-8?q?B=C3=B6b?= <${address}>`,
      comment: `bob (me) <${address}> (x)`,
      group: `friends: ${address}, <${address}>;`,
      tagged: `bob+tag@${onion}`,
      typed: ` <mailto:${address}?subject=x>\u200b\n`,
      quoted: `"a@b <${address}>"@${onion}, ${address}`,
    },
    'search-text': { words: 'Größe "quoted" NEAR(a, 2) subject:x* -y ^z', empty: ' * ' },
    links: {
      text: 'See https://example.org/a_(b)?c=d#e), or mailto:a@b.c?subject=x. HTTP://[::1]:80/',
      odd: 'https://xn--exmple-cua.org https://user@example.org https://exаmple.org/ http://1.2.3.4 cid:<a%40b>',
    },
    ...protocolSeeds(),
  };
}

function protocolSeeds(): Seeds {
  const call = (method: string, params: unknown): string =>
    `${JSON.stringify({ kind: 'call', id: 1, method, params })}\n`;
  const identityId = '7f0c2f1e-0000-4000-8000-000000000000';
  return {
    'hkp-request': {
      get: `/pks/lookup?op=get&options=mr&search=${encodeURIComponent(address)}`,
      index: `/pks/lookup?search=0x${fingerprint}&op=index`,
      brackets: `/pks/lookup?op=get&search=%3C${address}%3E`,
      id: `/pks/lookup?op=get&search=0x${fingerprint.slice(-16).toLowerCase()}`,
      onion: `/pks/lookup?op=get&search=${onion}`,
      other: '/pks/add',
    },
    'smtp-reply': {
      good: '220-hello\r\n220 x\r\n250-SIZE 1\r\n250 ETRN\r\n354\r\n',
      refused: '550 5.1.1 no such mailbox\r\n',
      later: '451 4.3.0 busy\r\n',
      queue: `ETRN ${onion}`,
      web: 'HTTP/1.1 400 Bad Request\r\n\r\n',
    },
    'ipc-call': {
      state: call('profile.state', {}),
      list: call('messages.list', { identityId, folder: 'inbox' }),
      create: call('identities.create', { localPart: 'a', label: 'b', colour: 'teal' }),
      card: call('contacts.verifyCard', { identityId, text: address, certify: { level: 'positive', shared: false } }),
      octets: call('files.save', { suggestedName: 'a', content: { $base64: 'AAEC' } }),
      settings: call('settings.set', defaultSettings),
      prototype: `${call('__proto__', {})}{"kind":"call","id":2,"method":"constructor","params":{"__proto__":{}}}\n`,
    },
  };
}

function entryOf(name: string, content: Uint8Array): { name: string; size: number; sha256: string } {
  return { name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

async function tarOf(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, Buffer.from(content));
  tar.finalize();
  const parts: Uint8Array[] = [];
  for await (const part of tar as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts);
}
