import type { CoreEvent } from '../../../shared/contract/core-events';
import type { MessageSummary } from '../../../shared/message';
import { applyEvent, putMessages } from '../../mirror/apply-event';
import { recordCatchUp } from '../../state/catch-up';
import { useConnection } from '../../state/connection';
import { changeMailboxes, forgetMailbox, setTags } from '../../state/mailboxes';
import { setProfile, useProfile } from '../../state/profile';
import { setDevices, setGuests, setPrograms } from '../../state/programs';
import { setSavedSearches } from '../../state/searches';
import { followJoined, leaveAllInboxes, leaveMailbox, replaceIdentity, useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { useSettings } from '../../state/settings';
import { useTorStatus } from '../../state/tor-status';
import { recordTransfer } from '../../state/transfers';
import { announceMail } from '../messages/announce-mail';
import { tryOrTell } from '../window/try-or-tell';
import { closeProfile, openProfile } from './open-profile';

const recordState = (event: CoreEvent): void => {
  if (event.type === 'settings.changed') useSettings.setState({ settings: event.settings });
  // Before the mirror: the reader must not look for a conversation that has another name by then.
  if (event.type === 'conversations.joined') followJoined(event);
  if (event.type === 'searches.changed') setSavedSearches(event.identityId, event.searches);
  if (event.type === 'mailboxes.changed') changeMailboxes(event.identityId, event.mailboxes);
  if (event.type === 'mailbox.removed') {
    forgetMailbox(event.identityId, event.mailboxId);
    leaveMailbox(event.mailboxId);
  }
  if (event.type === 'tags.changed') setTags(event.identityId, event.tags);
  recordProgress(event);
};

const recordProgress = (event: CoreEvent): void => {
  if (event.type === 'transfer.progressed') recordTransfer(event.transfer);
  if (event.type === 'catch-up.progressed') recordCatchUp(event.catchUp);
  if (event.type === 'tor.changed') useTorStatus.setState({ status: event.status });
  if (event.type === 'programs.changed') setPrograms(event.access);
  if (event.type === 'devices.changed') setDevices(event.devices);
  if (event.type === 'upgrade.progressed') useProfile.setState({ upgrade: event.upgrade });
  if (event.type === 'guests.changed') setGuests(event.guests);
};

const followProfile = async (services: Services, event: CoreEvent): Promise<void> => {
  if (event.type !== 'profile.changed') return;
  if (event.profile.state === 'unlocked') {
    const { number } = useConnection.getState();
    const opened = await tryOrTell(async () => {
      await openProfile(services);
      return true;
    });
    // A core that ended meanwhile left nothing to show: the next one is locked, and has said so.
    if (opened && number === useConnection.getState().number) setProfile(event.profile);
    return;
  }
  const knewMail = useProfile.getState().phase === 'unlocked';
  // The mail window goes first: it has nothing to say without identities.
  if (knewMail) useProfile.setState({ leaving: true });
  setProfile(event.profile);
  await closeProfile(services);
  if (knewMail) await leavePage(services);
};

/** What a page knew is in its memory even when it shows nothing of it; only the end of its process ends that. */
const leavePage = async ({ shell }: Services): Promise<void> => {
  // Where no other page takes its place, this one asks for the passphrase.
  const renewed = await shell.call('window.renew', {}).then(
    (answer) => answer.renewed,
    () => false,
  );
  if (!renewed) useProfile.setState({ leaving: false });
};

/**
 * The identity that is shown is one that exists, as long as there is any. Not while a profile is being unlocked: its
 * identities are opened in any order, and the one to show is chosen when all are known.
 */
const followIdentities = async ({ mirror }: Services, event: CoreEvent): Promise<void> => {
  if (useProfile.getState().phase !== 'unlocked') return;
  if (event.type !== 'identity.removed' && event.type !== 'identity.changed') return;
  if (event.type === 'identity.removed' && (await mirror.identities.count()) < 2) leaveAllInboxes();
  const { identityId } = useSelection.getState();
  if (identityId && (await mirror.identities.get(identityId))) return;
  const first = await mirror.identities.orderBy('createdAt').first();
  if (first && useSelection.getState().identityId === identityId) replaceIdentity(first.id);
};

/**
 * Brings the window to the state that each event tells of, one after the other: an event is never overtaken by the
 * next.
 * @returns how to stop
 */
export const followCore = (services: Services): (() => void) => {
  let last: Promise<unknown> = Promise.resolve();
  const take = async (event: CoreEvent): Promise<void> => {
    recordState(event);
    await followProfile(services, event);
    await applyEvent(services.mirror, event);
    await followIdentities(services, event);
    if (event.type === 'message.stored') announceMail(event.message);
  };
  const waiting: CoreEvent[] = [];
  const takeNext = async (): Promise<void> => {
    const changed = takeChanged(waiting);
    if (changed.length > 1) await putMessages(services.mirror, changed);
    else {
      const event = waiting.shift();
      if (event) await take(event);
    }
  };
  return services.core.subscribe((event) => {
    waiting.push(event);
    // One event that cannot be applied must not hold up the rest.
    last = last.then(takeNext).catch(() => undefined);
  });
};

/**
 * Takes changed messages that wait one behind the other off the front, unless it is one alone: after a change of
 * thousands the list is made anew a few times, and not for each.
 */
const takeChanged = (waiting: CoreEvent[]): MessageSummary[] => {
  const end = waiting.findIndex(({ type }) => type !== 'message.changed');
  const count = end < 0 ? waiting.length : end;
  return count < 2
    ? []
    : waiting.splice(0, count).flatMap((event) => (event.type === 'message.changed' ? [event.message] : []));
};
