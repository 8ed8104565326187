/** The policy inside the frame: nothing loads but pictures that the message itself brought. */
const POLICY = "default-src 'none'; img-src blob: data:; style-src 'unsafe-inline'";

/** Mail is written for white paper; it stays that in the dark theme too, so that no colour of it becomes unreadable. */
const SHEET = `
:root { color-scheme: light; }
html { overflow-y: hidden; }
body { margin: 0; padding: 16px 20px; background: #fff; color: #1e1d1a; font: 14px/1.55 'Inter Variable', system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
p, div, li, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre { unicode-bidi: plaintext; }
table { max-width: 100%; }
pre { white-space: pre-wrap; }
blockquote { margin: 8px 0; padding-left: 12px; border-left: 3px solid #d5d2cb; color: #55524c; }
[data-link] { color: #2a4cbd; text-decoration: underline; cursor: pointer; }
::highlight(search-hit) { background: #ffe69a; color: #1e1d1a; }
[data-link]:focus-visible { outline: 2px solid #2f55cf; outline-offset: 1px; }
`;

/** The document of the reading frame around sanitised HTML. */
export const frameDocument = (body: string): string =>
  `<!doctype html><html lang=""><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>Message</title><style>${SHEET}</style></head><body data-hits="text"><div dir="auto">${body}</div></body></html>`;
