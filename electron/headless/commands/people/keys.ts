import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { IdentityId } from '../../../../shared/ids';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { findContact } from '../../find/find-contact';
import { writeNewFile } from '../../input/write-new-file';

type Step = {
  readonly context: CommandContext;
  readonly identityId: IdentityId;
  readonly files: readonly string[];
  readonly withLocal: boolean;
};

/** `posthorn keys`: public keys with certifications, in from a file and out to one. */
export const keys: Command = {
  usage: ['keys import FILE', 'keys export FILE [ADDRESS...] [--local]', 'keys export-gnupg KEY-FILE OWNERTRUST-FILE'],
  summary:
    'read certified public keys from a file, or write those of contacts (with --local private certifications too)',
  run: async (context) => {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      options: { local: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [action, ...files] = positionals;
    const { id: identityId } = await chooseIdentity(context);
    const step: Step = { context, identityId, files, withLocal: values.local };
    if (action === 'import') return importFrom(step);
    if (action === 'export') return exportTo(step);
    if (action === 'export-gnupg') return exportForGnupg(step);
    throw new UsageError('Say what to do: import, export or export-gnupg.');
  },
};

async function importFrom({ context, identityId, files }: Step): Promise<number> {
  const content = await readFile(given(files[0])).catch((cause: unknown) => {
    throw new UsageError('The file cannot be read.', { cause });
  });
  const report = await context.core.call('keys.import', { identityId, content });
  const { withoutAddress, notCertified, unreadable, tooMany } = report.skipped;
  context.output.result(report, [
    `${report.keys} keys and ${report.certifications} certifications taken in`,
    `left out: ${withoutAddress} without an onion address, ${notCertified} not certified by their onion, ${unreadable} unreadable, ${tooMany} too many`,
  ]);
  return exitStatus.ok;
}

async function exportTo({ context, identityId, files, withLocal }: Step): Promise<number> {
  const [file, ...addresses] = files;
  const chosen = await Promise.all(addresses.map((address) => findContact(context, identityId, address)));
  const whom = chosen.length === 0 ? {} : { contactIds: chosen.map(({ id }) => id) };
  const exported = await context.core.call('keys.export', { identityId, ...whom, withLocal });
  await writeNewFile(given(file), Buffer.from(exported.keys));
  context.output.result({ count: exported.count }, [`${exported.count} keys written`]);
  return exitStatus.ok;
}

async function exportForGnupg({ context, identityId, files }: Step): Promise<number> {
  const [keyFile, trustFile] = [given(files[0]), given(files[1])];
  const exported = await context.core.call('keys.exportForGnupg', { identityId });
  await writeNewFile(keyFile, Buffer.from(exported.keys));
  await writeNewFile(trustFile, Buffer.from(exported.ownertrust));
  context.output.result({ written: 2 }, [
    'written; now: gpg --import-options import-local-sigs --import KEY-FILE, then gpg --import-ownertrust OWNERTRUST-FILE',
  ]);
  return exitStatus.ok;
}

function given(file: string | undefined): string {
  if (file === undefined) throw new UsageError('Give the name of the file.');
  return file;
}
