/** Libraries for mail of Python, Perl, Ruby and PHP, as Debian packages them. */
import { writeFileSync } from 'node:fs';
import { FROM, TO, has, run, sent } from './letter-box.mjs';

const python = (script) => (content) => {
  const made = run('python3', ['-c', script], { input: JSON.stringify({ ...content, from: FROM, to: TO }) });
  if (made.status === 0) writeFileSync(sent, made.stdout);
};
const pythonHead = `import json,sys,os,mimetypes
from email.utils import formatdate, make_msgid
c=json.load(sys.stdin)
`;
const pythonModern = (policy, cte, html) =>
  python(`${pythonHead}
from email.message import EmailMessage
from email import policy
m=EmailMessage(policy=policy.${policy})
m['From']=c['from']; m['To']=c['to']; m['Subject']=c['subject']; m['Date']=formatdate(); m['Message-ID']=make_msgid(domain='example.onion')
m.set_content(c['text']${cte ? `, cte='${cte}'` : ''})
${html ? "m.add_alternative('<html><body><p>'+c['text'].replace('&','&amp;').replace('<','&lt;').replace('\\n','<br>')+'</p></body></html>', subtype='html')" : ''}
for f in c.get('files',[]):
  t=(mimetypes.guess_type(f)[0] or 'application/octet-stream').split('/')
  m.add_attachment(open(f,'rb').read(), maintype=t[0] if t[0]!='text' else 'application', subtype=t[1], filename=os.path.basename(f))
sys.stdout.buffer.write(m.as_bytes())`);
const pythonOld = (charset) =>
  python(`${pythonHead}
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.mime.base import MIMEBase
from email.header import Header
from email import encoders
body=MIMEText(c['text'].encode('${charset}','strict').decode('${charset}'),'plain','${charset}')
m=body
if c.get('files'):
  m=MIMEMultipart(); m.attach(body)
  for f in c['files']:
    p=MIMEBase('application','octet-stream'); p.set_payload(open(f,'rb').read()); encoders.encode_base64(p)
    p.add_header('Content-Disposition','attachment',filename=('utf-8','',os.path.basename(f))); m.attach(p)
m['From']=c['from']; m['To']=c['to']; m['Subject']=Header(c['subject'],'${charset}'); m['Date']=formatdate(); m['Message-ID']=make_msgid(domain='example.onion')
sys.stdout.buffer.write(m.as_bytes())`);
const perl =
  (script) =>
  ({ subject, text, files = [] }) => {
    const made = run('perl', ['-MEncode', '-e', script, FROM, TO, subject, text, ...files]);
    if (made.status === 0 && made.stdout.length > 0) writeFileSync(sent, made.stdout);
  };

/** Each writes one letter; false where its language is not installed. */
export const mailLibraries = {
  'python-smtp': has('python3') && pythonModern('SMTP', '', false),
  'python-base64': has('python3') && pythonModern('SMTP', 'base64', false),
  'python-qp': has('python3') && pythonModern('default', 'quoted-printable', true),
  'python-html': has('python3') && pythonModern('SMTPUTF8', '', true),
  'python-old-utf8': has('python3') && pythonOld('utf-8'),
  'python-old-latin1': has('python3') && pythonOld('iso-8859-1'),
  'python-old-cp1251': has('python3') && pythonOld('cp1251'),
  'python-old-koi8': has('python3') && pythonOld('koi8-r'),
  'python-old-jp': has('python3') && pythonOld('iso-2022-jp'),
  'mime-lite':
    has('perl') &&
    perl(`use MIME::Lite; my($f,$t,$s,$b,@a)=@ARGV;
    my $m=MIME::Lite->new(From=>$f,To=>$t,Subject=>encode('MIME-Header',decode('UTF-8',$s)),Type=>@a?'multipart/mixed':'text/plain; charset=UTF-8',@a?():(Data=>$b,Encoding=>'quoted-printable'));
    if(@a){$m->attach(Type=>'text/plain; charset=UTF-8',Data=>$b);$m->attach(Type=>'AUTO',Path=>$_,Disposition=>'attachment') for @a} print $m->as_string`),
  'mime-entity':
    has('perl') &&
    perl(`use MIME::Entity; my($f,$t,$s,$b,@a)=@ARGV;
    my $m=MIME::Entity->build(From=>$f,To=>$t,Subject=>encode('MIME-Q',decode('UTF-8',$s)),Charset=>'utf-8',Encoding=>'-SUGGEST',Data=>$b);
    $m->attach(Path=>$_,Type=>'application/octet-stream',Encoding=>'base64') for @a; $m->print(\\*STDOUT)`),
  'email-mime':
    has('perl') &&
    perl(`use Email::MIME; use utf8; my($f,$t,$s,$b,@a)=@ARGV; my $text=Email::MIME->create(attributes=>{content_type=>'text/plain',charset=>'UTF-8',encoding=>'quoted-printable'},body_str=>decode('UTF-8',$b));
    my @parts=($text,map{my $p=$_;open my $h,'<:raw',$p;local $/;my($n)=$p=~m{([^/]+)$};Email::MIME->create(attributes=>{content_type=>'application/octet-stream',name=>decode('UTF-8',$n),filename=>decode('UTF-8',$n),disposition=>'attachment',encoding=>'base64'},body=>scalar <$h>)}@a);
    print Email::MIME->create(header_str=>[From=>$f,To=>$t,Subject=>decode('UTF-8',$s)],parts=>\\@parts)->as_string`),
  ruby:
    has('ruby') &&
    (({ subject, text, files = [] }) => {
      const made = run('ruby', [
        '-rmail',
        '-e',
        "f,t,s,b,*a=ARGV; m=Mail.new{from f;to t;subject s;body b;charset='UTF-8'}; m.charset='UTF-8'; a.each{|p| m.add_file(p)}; print m.to_s",
        FROM,
        TO,
        subject,
        text,
        ...files,
      ]);
      if (made.status === 0) writeFileSync(sent, made.stdout);
    }),
  php:
    has('php') &&
    (({ subject, text, files = [] }) => {
      const made = run('php', [
        '-r',
        "require 'Mail/mime.php'; $a=array_slice($argv,1); $m=new Mail_mime(['eol'=>\"\\r\\n\",'text_charset'=>'UTF-8','head_charset'=>'UTF-8']); $m->setTXTBody($a[3]); foreach(array_slice($a,4) as $p) $m->addAttachment($p,'application/octet-stream'); $b=$m->get(); $h=$m->txtHeaders(['From'=>$a[0],'To'=>$a[1],'Subject'=>$a[2]]); echo $h,\"\\r\\n\",$b;",
        FROM,
        TO,
        subject,
        text,
        ...files,
      ]);
      if (made.status === 0) writeFileSync(sent, made.stdout);
    }),
};
