import { once } from 'node:events';
import { connect } from 'node:net';
import { PosthornError } from '../../shared/errors';
import { CoreCaller } from '../core/rpc/core-caller';
import { jsonLineChannel } from '../core/rpc/json-line-channel';
import { controlPath } from './control-path';

/** A whole message as base64 and then some: the far end is our own program. */
const maxLineBytes = 256 * 1024 * 1024;

/**
 * Connects to the Posthorn that runs with a profile.
 * @throws PosthornError `connection-closed` when none does
 */
export async function connectControl(profileDirectory: string): Promise<CoreCaller> {
  const socket = connect(controlPath(profileDirectory));
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new PosthornError('connection-closed', 'No headless Posthorn is running with this profile. Start it with: npm run headless -- --profile DIR', {
      cause: error,
    });
  }
  return new CoreCaller(jsonLineChannel(socket, maxLineBytes));
}
