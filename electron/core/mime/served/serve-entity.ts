import { writtenFields, writtenValue, type WrittenField } from '../../domain/served/header-fields';
import { describeMessage } from '../../domain/served/describe-message';
import { readParts } from '../../domain/served/read-parts';
import type { NewServed, ServedFields } from '../../domain/served/served-octets';
import type { IncomingAttachment } from '../../ports/mime';
import { decodeText } from '../text/charset';
import { decodeWords } from '../text/encoded-words';
import { cutFiles } from './cut-files';

type Entity = {
  readonly content: Uint8Array;
  /** Fields of ours that stand on top, with their line ends. */
  readonly onTop: string;
  readonly attachments: readonly Pick<IncomingAttachment, 'content'>[];
};

/**
 * A decrypted entity as other programs see it: fields of ours, its header as it came without what others say of its
 * authentication, which could be taken for ours (RFC 8601 5), and its body bit for bit. Octets of its attachments are
 * not kept twice.
 */
export function serveEntity({ content, onTop, attachments }: Entity): NewServed {
  const { header } = readParts(content);
  const octets = Buffer.concat([
    Buffer.from(servedHeader(latin1(content.subarray(0, header.to)), onTop), 'latin1'),
    content.subarray(header.to),
  ]);
  return serveOctets(octets, attachments);
}

/** Any octets as other programs see them: as they are. */
export function serveOctets(octets: Uint8Array, attachments: Entity['attachments']): NewServed {
  const description = describeMessage(octets);
  const headTo = description.entity.header.to;
  const head = new Uint8Array(octets.subarray(0, headTo));
  return {
    description,
    fields: decodedFields(writtenFields(latin1(head))),
    head,
    ...cutFiles(octets, { from: headTo, entity: description.entity, attachments }),
  };
}

function servedHeader(header: string, onTop: string): string {
  const lines = header.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let isForeign = false;
  const kept = lines.filter((line) => {
    if (!/^[ \t]/.test(line)) isForeign = /^authentication-results[ \t]*:/i.test(line);
    return !isForeign;
  });
  const hasVersion = kept.some((line) => /^mime-version[ \t]*:/i.test(line));
  return `${onTop}${hasVersion ? '' : 'MIME-Version: 1.0\r\n'}${kept.join('')}`;
}

function decodedFields(fields: readonly WrittenField[]): ServedFields {
  const decoded = (name: string): string => {
    const written = writtenValue(fields, name) ?? '';
    return decodeWords(/[\x80-\xff]/.test(written) ? decodeText(Buffer.from(written, 'latin1'), undefined) : written);
  };
  return {
    subject: decoded('subject'),
    from: decoded('from'),
    to: decoded('to'),
    cc: decoded('cc'),
    bcc: decoded('bcc'),
  };
}

const latin1 = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
