import type { App, Session, WebContents } from 'electron';
import type { CameraGrant, MediaRequest } from '../desktop/camera-grant';
import { deadEndProxy } from '../program/chromium-switches';
import { isPageUrl, pageUrl } from '../program/page-origin';

/**
 * Schemes that stay inside the program. `devtools:` is only reachable where developer tools are, so not in packages.
 */
const innerSchemes = ['app:', 'blob:', 'data:', 'devtools:'];

/**
 * Denies a session everything that would reach out of the window: network, permissions, devices, downloads, spelling
 * lists.
 * @param camera the one exception: the camera's picture, when the page has asked for it through the shell
 */
export async function closeSession(session: Session, camera?: CameraGrant): Promise<void> {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const request: MediaRequest = {
      permission,
      isMainFrame: details.isMainFrame,
      url: details.requestingUrl,
      mediaTypes: 'mediaTypes' in details ? (details.mediaTypes ?? []) : [],
    };
    answer(camera?.take(request) ?? false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isInner(details.url) }));
  await session.setProxy({ mode: 'fixed_servers', proxyRules: deadEndProxy, proxyBypassRules: '<-loopback>' });
}

/**
 * Keeps every page, whoever made it, where it is: no navigation, no new windows, no embedded guests. Before the
 * application is ready.
 */
export function closeContents(app: App): void {
  // A session asks for its dictionary as soon as this event is over; turning its spell checker off does not stop that.
  app.on('session-created', (session) => session.setSpellCheckerLanguages([]));
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (event) => keepPage(contents, event));
    contents.on('will-frame-navigate', (event) => keepFrame(event));
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/** A page may load itself anew; that is all. */
function keepPage(contents: WebContents, event: { preventDefault(): void; readonly url: string }): void {
  const isDeveloperTools = contents.getURL().startsWith('devtools:');
  if (event.url !== pageUrl && !isDeveloperTools) event.preventDefault();
}

/** The reader's frame shows what the page writes into it; a link in mail must not load there. */
function keepFrame(event: { preventDefault(): void; readonly url: string; readonly isMainFrame: boolean }): void {
  if (!event.isMainFrame && !isFrameContent(event.url)) event.preventDefault();
}

function isFrameContent(url: string): boolean {
  return url === 'about:srcdoc' || url === 'about:blank' || url.startsWith('blob:app:') || isPageUrl(url);
}

function isInner(url: string): boolean {
  return innerSchemes.some((scheme) => url.startsWith(scheme));
}
