import type { MailAddress } from '../../shared/ids';

/** A message as another OpenPGP mail program would put it inside its seal. */
export type WrittenMail = {
  readonly messageId: string;
  /** Milliseconds since 1970 UTC. */
  readonly date: number;
  readonly from: MailAddress;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  /** Message-IDs of the thread, the oldest first; the last one is answered. */
  readonly references: readonly string[];
  readonly text: string;
  readonly html?: string;
  readonly files: readonly WrittenFile[];
};

export type WrittenFile = { readonly filename: string; readonly contentType: string; readonly content: Uint8Array };

const CRLF = '\r\n';

/** The octets of the message: protected header fields, text, HTML beside it where there is some, and files. */
export function writeMail(mail: WrittenMail): Buffer {
  const boundary = `sample-${mail.messageId.slice(1, mail.messageId.indexOf('@'))}`;
  const bodies = mail.html === undefined ? textPart('plain', mail.text) : alternative(boundary, mail.text, mail.html);
  const parts = [bodies, ...mail.files.map(filePart)];
  const head = [...headerOf(mail), `Content-Type: multipart/mixed; boundary="${boundary}"; hp="cipher"`, '', ''];
  return Buffer.from(head.join(CRLF) + multipart(boundary, parts));
}

function headerOf({ messageId, date, from, to, cc, subject, references }: WrittenMail): string[] {
  const parent = references.at(-1);
  return [
    `From: ${from}`,
    ...(to.length > 0 ? [`To: ${to.join(`,${CRLF} `)}`] : []),
    ...(cc.length > 0 ? [`Cc: ${cc.join(`,${CRLF} `)}`] : []),
    `Subject: ${encodedWords(subject)}`,
    `Date: ${new Date(date).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    ...(parent === undefined ? [] : [`In-Reply-To: ${parent}`, `References: ${references.join(`${CRLF} `)}`]),
    'MIME-Version: 1.0',
  ];
}

function alternative(outer: string, text: string, html: string): string {
  const boundary = `${outer}-alternative`;
  const parts = [textPart('plain', text), textPart('html', html)];
  return `Content-Type: multipart/alternative; boundary="${boundary}"${CRLF}${CRLF}${multipart(boundary, parts)}`;
}

function multipart(boundary: string, parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}${CRLF}${part}${CRLF}`).join('')}--${boundary}--${CRLF}`;
}

function textPart(subtype: 'plain' | 'html', text: string): string {
  return part([`Content-Type: text/${subtype}; charset=utf-8`], Buffer.from(text.replaceAll('\n', CRLF)));
}

function filePart({ filename, contentType, content }: WrittenFile): string {
  const name = `filename*=utf-8''${encodeURIComponent(filename)}`;
  return part([`Content-Type: ${contentType}`, `Content-Disposition: attachment; ${name}`], content);
}

function part(fields: readonly string[], content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/gu) ?? [];
  return [...fields, 'Content-Transfer-Encoding: base64', '', ...lines].join(CRLF);
}

/** RFC 2047: a word holds 75 characters, and a character is never cut in two. */
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  const pieces: string[] = [''];
  for (const character of text) {
    const longer = `${pieces.at(-1) ?? ''}${character}`;
    if (Buffer.byteLength(longer) > 42) pieces.push(character);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join(`${CRLF} `);
}
