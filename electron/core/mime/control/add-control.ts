import type MimeNode from 'nodemailer/lib/mime-node';
import { PosthornError } from '../../../../shared/errors';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { MAX_CONTROL_BYTES } from '../../domain/limits';
import type { OutgoingMessage } from '../../ports/mime';
import type { Random } from '../../ports/runtime';
import { newBoundary } from '../octets/boundary';
import { controlIn, isReport, NOTE_FIELD, NOTE_TYPE, NOTE_VERSION, type ReportControl } from './control-form';
import { writeReport } from './write-report';

type Parts = {
  readonly message: OutgoingMessage;
  readonly random: Pick<Random, 'bytes'>;
  readonly addText: (parent: MimeNode) => void;
};

/**
 * The body of a control message: its text for people, and beside it a report where a standard has one, JSON otherwise.
 * The sealed header says that it is a control message.
 * @throws PosthornError `internal` for a control message that no reader would take
 */
export function addControl(root: MimeNode, { control, ...o }: Parts & { readonly control: ControlMessage }): void {
  if (!controlIn(control)) throw unwritable();
  root.setHeader(NOTE_FIELD, NOTE_VERSION);
  if (isReport(control)) return addReport(root, { ...o, control });
  o.addText(root);
  const json = Buffer.from(JSON.stringify(control), 'utf8');
  if (json.length > MAX_CONTROL_BYTES) throw unwritable();
  const part = root.createChild(NOTE_TYPE);
  part.setHeader('Content-Transfer-Encoding', 'base64');
  part.setContent(json);
}

/** RFC 6522, with the fields of the standard that the report follows. */
function addReport(root: MimeNode, o: Parts & { readonly control: ReportControl }): void {
  const { type, parts } = writeReport(o.control, o.message.from);
  const report = root.createChild(`multipart/report; report-type=${type}; boundary=${newBoundary(o.random)}`);
  o.addText(report);
  for (const { contentType, content } of parts) {
    // Not encoded: readers of reports expect plain lines, and the builder would encode the long ones.
    report
      .createChild(contentType)
      .setRaw(`Content-Type: ${contentType}\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${content}`);
  }
}

function unwritable(): PosthornError {
  return new PosthornError(
    'internal',
    'What the program wanted to tell a contact could not be written. No mail of yours is affected.',
  );
}
