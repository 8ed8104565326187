/** Entry of the crypto worker: the engine behind a message port, so that 25 MB never hold up the core's own thread. */
import { answerCalls } from '../../worker/answer-calls';
import { createOpenpgpEngine } from '../openpgp-engine';
import { packedMethods } from './wire-methods';

answerCalls(packedMethods(createOpenpgpEngine()));
