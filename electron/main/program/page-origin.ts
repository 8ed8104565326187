/** The one origin that the window shows. */
export const pageScheme = 'app';
export const pageOrigin = `${pageScheme}://posthorn`;
export const pageUrl = `${pageOrigin}/index.html`;

/** Whether a URL is of the page's own origin. */
export function isPageUrl(url: string): boolean {
  return url === pageOrigin || url.startsWith(`${pageOrigin}/`);
}
