/** The same text as HTML: headings, a table, a link, a quote, and a remote picture that must not be loaded. */
export function sampleHtml(subject: string, text: string): string {
  const paragraphs = escaped(text)
    .split('\n\n')
    .map((paragraph) => `<p dir="auto">${paragraph.replaceAll('\n', '<br>')}</p>`);
  return `<html><head><style>td { padding: 4px 12px; border: 1px solid #ccc } h2 { color: #335 }</style></head><body>
<h2 dir="auto">${escaped(subject)}</h2>
${paragraphs.join('\n')}
<table><tr><td>19:30</td><td>Duruflé</td></tr><tr><td>20:15</td><td>Bruckner</td></tr></table>
<blockquote>See <a href="https://choir.example/autumn">choir.example</a></blockquote>
<img src="https://tracker.example/seen.gif" alt="">
</body></html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
