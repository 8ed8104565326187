import { reader } from '../fixtures/reader';

const HEAD = [
  `From: =?utf-8?Q?J=C3=B6rg?= <${reader.address}>`,
  `To: "M., Bob" <${reader.address}>, undisclosed-recipients:;`,
  'Date: Sun, 17 May 2026 10:20:30 +0200 (CEST)',
  'Message-ID: <1@example.org>',
  'In-Reply-To: <0@example.org>',
  'References: <0@example.org>',
  'Subject: =?iso-8859-1?B?R3L832U=?= =?utf-8?q?_=F0=9F=8E=BA?=',
  'MIME-Version: 1.0',
];

const letter = (...lines: string[]): string => [...HEAD, ...lines].join('\r\n');

const PAGE =
  '<html><head><style>p{}</style><title>t</title></head><body><p>Gr&uuml;&szlig;e<br>H<sub>2</sub>O &#x1f3ba;</p>' +
  '<script>x()</script><a href="https://example.org/?a=1&amp;b=2">here</a><img src="cid:1@x" alt="a"><!-- c --></body></html>';

/** In the form of Thunderbird, mutt, Outlook and git, as far as their letters differ. */
export const foreignLetters: Readonly<Record<string, string>> = {
  flowed: letter(
    'Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes',
    '',
    '> a ',
    '> b',
    '-- ',
    'me',
    '',
  ),
  latin: letter(
    'Content-Type: text/plain; charset="windows-1252"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'Gr=FC=DFe =96 soft=',
    ' break =80',
    '',
  ),
  'two-forms': letter(
    'Content-Type: multipart/alternative; boundary="=_a"',
    '',
    '--=_a',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    'R3LDvMOfZQ==',
    '--=_a',
    'Content-Type: text/html; charset=utf-8',
    '',
    PAGE,
    '--=_a--',
    '',
  ),
  pictures: letter(
    'Content-Type: multipart/mixed; boundary=m; hp="cipher"',
    '',
    'preamble',
    '--m',
    'Content-Type: multipart/related; boundary=r; type="text/html"',
    '',
    '--r',
    'Content-Type: text/html',
    '',
    PAGE,
    '--r',
    'Content-Type: image/png; name="=?utf-8?q?=C3=A4?=.png"',
    'Content-ID: <1@x>',
    'Content-Disposition: inline',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
    '--r--',
    '--m',
    'Content-Type: application/x-zip; charset=us-ascii',
    "Content-Disposition: attachment; filename*0*=utf-8''%C3%A4; filename*1=b.zip; size=3",
    'Content-Transfer-Encoding: 7bit',
    '',
    'abc',
    '--m',
    'Content-Type: message/rfc822',
    '',
    'Subject: inside',
    '',
    'x',
    '--m--',
    'epilogue',
    '',
  ),
  invitation: letter(
    'Content-Type: text/calendar; method=REQUEST; charset=utf-8',
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'SUMMARY:x',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ),
  bare: letter('', 'x', ''),
};

export const pages: Readonly<Record<string, string>> = {
  page: PAGE,
  table:
    '<table><tr><td>a<td>b<tr><th colspan=2>c</table><ul><li>1<li>2</ul><ol start=3><li>x</ol><hr><pre> a\n b</pre>',
  hidden:
    '<div style="display:none">no</div><span hidden>no</span><p style="font-size:0">no</p><noscript>n</noscript>yes',
  broken: '<p <b>a</p></b><!-- <p>b<style>c<![CDATA[d]]>&amp;&#0;&#xD800;&notit;&#99999999;<a href=javascript:x>e',
  quote:
    '<blockquote type=cite><p>a</p><blockquote>b</blockquote></blockquote><textarea><p>c</textarea><title>d</title>',
};
