/** Entry of the worker that reads what peers wrote, so that no message holds up the core's own thread, or ends it. */
import { answerCalls } from '../../worker/answer-calls';
import { mimeReader } from '../mime-reader';

answerCalls(mimeReader);
