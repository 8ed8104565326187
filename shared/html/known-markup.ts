/**
 * Tags and attributes of the letters that people write: the window shows no others, and of a letter that another
 * program submits no others leave.
 */
export const KNOWN_TAGS: ReadonlySet<string> = new Set(
  (
    'a abbr address article b big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 ' +
    'header hr i img ins kbd li main mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr'
  ).split(' '),
);
export const KNOWN_ATTRIBUTES: ReadonlySet<string> = new Set(
  'align alt bgcolor border cellpadding cellspacing cite color colspan dir face headers height hidden href lang nowrap reversed rowspan scope size span src start style summary title type valign value width'.split(
    ' ',
  ),
);
