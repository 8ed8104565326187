import type { trustContract } from '../../../shared/contract/trust-contract';
import { present } from '../../../shared/present';
import { acceptRequest, blockRequest } from '../mail/incoming/answer-request';
import { exportPublicKey, exportSecretKey } from '../mail/keys/export-keys';
import { addContact, removeContact, updateContact } from '../mail/contacts/manage-contacts';
import { setFlags } from '../mail/custody/read-receipts';
import type { ProfileSession } from '../mail/profile/profile-session';
import type { Services } from '../mail/mailbox';
import { submitMessage } from '../mail/outgoing/submit-message';
import { attachFile, discardDraft, saveDraft } from '../mail/outgoing/write-draft';
import { backupHandlers } from './backup-handlers';
import { done, type Deps, type Handlers, type Of } from './handler-kit';
import { custodyHandlers } from './custody-handlers';
import { keyLifeHandlers } from './key-life-handlers';
import { trustHandlers } from './trust-handlers';
import { checkAddress } from '../mail/contacts/require-address';
import { fetchContactKey } from '../mail/trust/fetch-contact-key';
import { toContact } from '../mail/contacts/show-contact';

/** Every call of the contract and the one use case that answers it. Parameters arrive parsed. */
export function coreHandlers(services: Services, session: ProfileSession): Handlers {
  const deps: Deps = { services, session, of: ({ identityId }) => session.require(identityId) };
  return {
    ...profileHandlers(deps),
    ...identityHandlers(deps),
    ...contactHandlers(deps),
    ...messageHandlers(deps),
    ...draftHandlers(deps),
    'tor.status': () => services.onion.status(),
    'tor.about': () => present({ tor: services.onion.about() }),
    ...trustHandlers(deps),
    ...keyLifeHandlers(deps),
    ...backupHandlers(deps),
    ...custodyHandlers(deps),
  };
}

function profileHandlers({ session }: Deps): Of<'profile'> & Of<'settings'> {
  return {
    'profile.state': () => session.state(),
    'profile.create': async ({ passphrase }) => (await session.create(passphrase), done),
    'profile.unlock': ({ passphrase }) => session.unlock(passphrase),
    'profile.lock': async () => (await session.lock(), done),
    'profile.changePassphrase': (o) => session.changePassphrase(o),
    'settings.get': () => session.settings(),
    'settings.set': (settings) => session.setSettings(settings),
  };
}

function identityHandlers({
  services,
  session,
  of,
}: Deps): Pick<
  Handlers,
  | 'identities.list'
  | 'identities.create'
  | 'identities.update'
  | 'identities.delete'
  | 'identities.exportPublicKey'
  | 'identities.exportSecretKey'
> {
  return {
    'identities.list': () => session.identities(),
    'identities.create': (o) => session.createIdentity(o),
    'identities.update': ({ identityId, ...change }) => session.updateIdentity(identityId, present(change)),
    'identities.delete': async (o) => (await session.deleteIdentity(o), done),
    'identities.exportPublicKey': (o) => exportPublicKey(services, of(o)),
    'identities.exportSecretKey': (o) => exportSecretKey(services, of(o), o.passphrase),
  };
}

function contactHandlers({
  services,
  of,
}: Deps): Of<'addresses'> & Omit<Of<'contacts'>, keyof typeof trustContract> & Of<'requests'> {
  return {
    'addresses.check': ({ text }) => checkAddress(services, text),
    'contacts.list': (o) => of(o).contacts.all().map(toContact),
    'contacts.add': (o) => addContact(services, of(o), o),
    'contacts.update': ({ identityId, contactId, ...change }) =>
      updateContact(of({ identityId }), contactId, present(change)),
    'contacts.remove': async (o) => (await removeContact(of(o), o.contactId), done),
    'contacts.fetchKey': (o) => fetchContactKey(services, of(o), o.contactId),
    'requests.accept': (o) => acceptRequest(services, of(o), o.messageId),
    'requests.block': (o) => blockRequest(services, of(o), o.messageId),
  };
}

function messageHandlers({
  services,
  of,
}: Deps): Of<'folders'> &
  Omit<Of<'messages'>, 'messages.cards' | 'messages.history'> &
  Of<'attachments'> &
  Of<'outbox'> {
  return {
    'folders.counts': (o) => of(o).messages.counts(),
    'messages.page': ({ identityId, ...o }) =>
      of({ identityId }).messages.page({ folder: o.folder, limit: o.limit, ...present({ before: o.before }) }),
    'messages.search': (o) => of(o).search.find(o),
    'messages.thread': (o) => of(o).messages.thread(o.threadId),
    'messages.read': (o) => of(o).messages.detail(o.messageId),
    'messages.raw': (o) => of(o).messages.raw(o.messageId),
    'messages.setFlags': ({ identityId, messageIds, ...flags }) => (
      setFlags(services, of({ identityId }), { messageIds, flags: present(flags) }),
      done
    ),
    'messages.move': (o) => (of(o).messages.move(o.messageIds, o.folder), done),
    'messages.delete': (o) => (of(o).messages.delete(o.messageIds), done),
    'messages.submit': (o) => submitMessage(services, of(o), o.draftId),
    'attachments.read': (o) => of(o).messages.attachment(o.messageId, o.attachmentId),
    'outbox.list': (o) => of(o).outbox.deliveries({ unfinishedOnly: true }),
    'outbox.tryNow': (o) => of(o).deliverer.tryNow(o.deliveryId),
    'outbox.cancel': (o) => of(o).deliverer.cancel(o.deliveryId),
  };
}

function draftHandlers({ services, of }: Deps): Of<'drafts'> {
  return {
    'drafts.save': (o) => saveDraft(services, of(o), { content: o.content, ...present({ draftId: o.draftId }) }),
    'drafts.read': (o) => of(o).drafts.get(o.draftId),
    'drafts.attach': ({ identityId, draftId, ...attachment }) =>
      attachFile(services, of({ identityId }), { draftId, attachment }),
    'drafts.detach': (o) => (of(o).drafts.detach(o), done),
    'drafts.discard': (o) => (discardDraft(of(o), o.draftId), done),
  };
}
