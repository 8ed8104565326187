import { once } from 'node:events';
import { connect } from 'node:net';
import { dirname, resolve } from 'node:path';
import { PosthornError } from '../../../shared/errors';
import { RpcClient } from '../../../shared/contract/rpc-client';
import { jsonLineChannel } from '../../core/rpc/json-line-channel';
import { controlPath, isOwnFolder } from './control-path';

/** A whole message as base64 and then some: the far end is our own program. */
const maxLineBytes = 256 * 1024 * 1024;

/**
 * Connects to the Posthorn that runs with a profile.
 * @throws PosthornError `connection-closed` when none does, or when what would answer is not the user's own: it would
 *   be told
 *   passphrases
 */
export async function connectControl(profileDirectory: string): Promise<RpcClient> {
  const path = controlPath(profileDirectory);
  // Among the temporary files anybody could wait for what we say.
  if (dirname(path) !== resolve(profileDirectory) && !(await isOwnFolder(dirname(path)))) {
    throw new PosthornError(
      'connection-closed',
      'No headless Posthorn of yours is running with this profile. Start it with: npm run headless -- --profile DIR',
    );
  }
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new PosthornError(
      'connection-closed',
      'No headless Posthorn is running with this profile. Start it with: npm run headless -- --profile DIR',
      {
        cause: error,
      },
    );
  }
  return new RpcClient(jsonLineChannel(socket, maxLineBytes));
}
