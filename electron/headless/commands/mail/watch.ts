import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { MessageSummary } from '../../../../shared/message';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { contactLine, deliveryLine, identityLine, messageLine, torLine, upgradeLine } from '../../lines/show-lines';

/** `posthorn watch`: every event as it happens, until interrupted or until Posthorn ends. */
export const watch: Command = {
  usage: ['watch'],
  summary: 'print what happens, as it happens',
  run: async ({ core, output }) => {
    core.onEvent((event) => output.result(event, [`${event.type}  ${eventText(event)}`.trimEnd()]));
    output.progress('watching; end with Ctrl-C');
    await new Promise<void>((resolve) => core.onClose(resolve));
    return exitStatus.ok;
  },
};

function eventText(event: CoreEvent): string {
  switch (event.type) {
    case 'profile.changed':
      return event.profile.state;
    case 'identity.changed':
      return identityLine(event.identity);
    case 'message.stored':
    case 'message.changed':
      return placedLine(event.message);
    case 'message.removed':
      return event.messageId;
    case 'delivery.changed':
      return deliveryLine(event.delivery);
    case 'contact.changed':
      return contactLine(event.contact);
    default:
      return progressText(event);
  }
}

function progressText(event: CoreEvent): string {
  switch (event.type) {
    case 'transfer.progressed':
      return `${event.transfer.direction}  ${event.transfer.bytes} octets`;
    case 'upgrade.progressed':
      return upgradeLine(event.upgrade);
    case 'tor.changed':
      return torLine(event.status);
    default:
      return '';
  }
}

function placedLine(message: MessageSummary): string {
  return `${message.folder ?? message.mailboxId}  ${messageLine(message)}`;
}
