import type { MessageSummary } from '../../../shared/message';
import { openComposer } from '../../state/compose';

/** Opens a composer that answers the sender. */
export const replyTo = ({ identityId, id }: MessageSummary): string => openComposer({ identityId, replyTo: id });

/** Opens a composer that answers everybody. */
export const replyToAll = ({ identityId, id }: MessageSummary): string => openComposer({ identityId, replyAll: id });

/** Opens a composer that sends the message on. */
export const forwardMessage = ({ identityId, id }: MessageSummary): string => openComposer({ identityId, forward: id });
