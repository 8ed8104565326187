import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { KeyLife } from '../../../../shared/key-life';
import { RevocationReason } from '../../../../shared/key-life';
import type { ImportProblem } from '../../../../shared/key-life';
import type { Identity } from '../../../../shared/identity';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { readPassphrase } from '../../input/read-passphrase';
import { identityLine, timeText } from '../../lines/show-lines';

const options = {
  until: { type: 'string' },
  forever: { type: 'boolean', default: false },
  'rotate-every': { type: 'string' },
  'keep-old': { type: 'string' },
  reason: { type: 'string', default: 'superseded' },
  locked: { type: 'boolean', default: false },
} as const;

type Step = {
  readonly context: CommandContext;
  readonly identity: Identity;
  readonly values: {
    readonly until?: string;
    readonly forever: boolean;
    readonly reason: string;
    readonly locked: boolean;
    readonly 'rotate-every'?: string;
    readonly 'keep-old'?: string;
  };
  /** The word after the action: an address, a file. */
  readonly word: string | undefined;
};

/** `posthorn key`: the life of an identity's own OpenPGP key. */
export const key: Command = {
  usage: [
    'key [show]',
    'key renew --until YYYY-MM-DD|--forever',
    'key rotate',
    'key policy [--rotate-every DAYS] [--keep-old DAYS]',
    'key vouchers show|hide',
    'key replace',
    'key revoke ADDRESS [--reason superseded|compromised|retired]',
    'key import FILE [--locked  < PASSPHRASE]',
  ],
  summary: 'show the identity’s own key, renew, rotate, replace, revoke or import it',
  run: async (context) => {
    const { values, positionals } = parseArgs({ args: [...context.args], options, allowPositionals: true });
    const [action = 'show', word] = positionals;
    const act = actions.get(action);
    if (act === undefined) throw new UsageError(`Say what to do: ${[...actions.keys()].join(', ')}.`);
    return act({ context, values, word, identity: await chooseIdentity(context) });
  },
};

const actions: ReadonlyMap<string, (step: Step) => Promise<number>> = new Map([
  [
    'show',
    ({ context, identity }) => showLife(context, context.core.call('identities.keyLife', { identityId: identity.id })),
  ],
  ['renew', renew],
  [
    'rotate',
    ({ context, identity }) =>
      showLife(context, context.core.call('identities.rotateSubkey', { identityId: identity.id })),
  ],
  ['policy', setPolicy],
  ['vouchers', showVouchers],
  ['replace', replace],
  ['revoke', revoke],
  ['import', importFile],
]);

function renew({ context, identity, values }: Step): Promise<number> {
  if (values.forever === (values.until !== undefined))
    throw new UsageError('Say until when: --until YYYY-MM-DD, or --forever.');
  const expiresAt = values.until === undefined ? null : dayOf(values.until);
  return showLife(context, context.core.call('identities.renewKey', { identityId: identity.id, expiresAt }));
}

/** The start of that day, UTC, in milliseconds. */
function dayOf(text: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError('A day is written YYYY-MM-DD.');
  return time;
}

async function setPolicy({ context, identity: { id: identityId }, values }: Step): Promise<number> {
  const { policy } = await context.core.call('identities.keyLife', { identityId });
  const changed = {
    rotateEveryDays: daysOf(values['rotate-every']) ?? policy.rotateEveryDays,
    keepOldDays: daysOf(values['keep-old']) ?? policy.keepOldDays,
  };
  return showLife(context, context.core.call('identities.setKeyPolicy', { identityId, policy: changed }));
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,4}$/u.test(text) || Number(text) > 3_650)
    throw new UsageError('Give days from 0 to 3650; 0 is «never» and «for ever».');
  return Number(text);
}

function showVouchers({ context, identity, word }: Step): Promise<number> {
  if (word !== 'show' && word !== 'hide')
    throw new UsageError('Say show or hide: whether your key carries what others certified of it.');
  return showLife(
    context,
    context.core.call('identities.showVouchers', { identityId: identity.id, shown: word === 'show' }),
  );
}

async function replace({ context, identity }: Step): Promise<number> {
  const replaced = await context.core.call('identities.replaceKey', { identityId: identity.id });
  context.output.result(replaced, [identityLine(replaced), `Fingerprint: ${replaced.fingerprint}`]);
  return exitStatus.ok;
}

/** The whole address has to be given, so that no slip of a hand ends a key. */
function revoke({ context, identity, values, word }: Step): Promise<number> {
  const reason = RevocationReason.safeParse(values.reason);
  if (!reason.success) throw new UsageError(`A reason is one of ${RevocationReason.options.join(', ')}.`);
  if (word !== identity.address)
    throw new UsageError('Give the whole address of the identity whose key to revoke. It cannot be undone.');
  const confirmAddress = identity.address;
  return showLife(
    context,
    context.core.call('identities.revokeKey', { identityId: identity.id, reason: reason.data, confirmAddress }),
  );
}

async function importFile({ context, identity, values, word }: Step): Promise<number> {
  if (word === undefined) throw new UsageError('Give the file with the secret key.');
  const content = new Uint8Array(await readFile(word));
  const passphrase = values.locked ? { passphrase: await readPassphrase(context.input) } : {};
  const imported = await context.core.call('identities.importKey', {
    identityId: identity.id,
    key: content,
    ...passphrase,
  });
  if (imported.outcome === 'refused') {
    context.output.result(imported, [`not imported: ${problems[imported.problem]}`]);
    return exitStatus.failed;
  }
  context.output.result(imported, [identityLine(imported.identity), `Fingerprint: ${imported.identity.fingerprint}`]);
  return exitStatus.ok;
}

const problems: Record<ImportProblem, string> = {
  unreadable: 'the file holds no OpenPGP key that can be read',
  'no-secret-key': 'the file holds no secret key',
  'passphrase-wrong': 'this is not its passphrase',
  'passphrase-needed': 'it is locked; say --locked and give its passphrase on standard input',
  'kind-not-supported': 'only Ed25519 keys with Curve25519 of OpenPGP version 4 can be used',
  'no-encryption-key': 'it has no valid Curve25519 subkey for encryption',
  revoked: 'it is revoked',
  expired: 'it has expired',
};

async function showLife({ output }: CommandContext, call: Promise<KeyLife>): Promise<number> {
  const life = await call;
  output.result(life, lifeLines(life));
  return exitStatus.ok;
}

function lifeLines(life: KeyLife): string[] {
  const { subkey, policy } = life;
  const rotates = subkey.rotatesAt === undefined ? 'is not rotated' : `rotates ${timeText(subkey.rotatesAt)}`;
  return [
    `Fingerprint: ${life.fingerprint}${life.revoked ? '  REVOKED' : ''}`,
    `Created: ${timeText(life.createdAt)}`,
    `Expires: ${life.expiresAt === undefined ? 'never' : timeText(life.expiresAt)}`,
    `Certified: ${timeText(life.certifiedAt)} until ${timeText(life.certificationExpiresAt)}`,
    `Encryption subkey: ${subkey.fingerprint}  created ${timeText(subkey.createdAt)}, ${rotates}`,
    `Old keys are kept ${policy.keepOldDays === 0 ? 'for ever' : `${String(policy.keepOldDays)} days`}`,
    `Certifications by others: ${life.showsVouchers ? 'shown' : 'hidden'}`,
    ...life.retired.map(
      (one) =>
        `Old ${one.kind}: ${one.fingerprint}  retired ${timeText(one.retiredAt)}${one.destroyedAt === undefined ? '' : `, destroyed ${timeText(one.destroyedAt)}`}`,
    ),
  ];
}
