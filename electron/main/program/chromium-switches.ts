import type { CommandLine } from 'electron';

/**
 * Nothing is ever at this address: a proxy there, and no name that resolves, leave Chromium no way out of the machine.
 * Mail itself does not pass through Chromium but through the core and tor.
 */
export const deadEndProxy = 'socks5://127.0.0.1:9';

const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-breakpad'],
  ['disable-client-side-phishing-detection'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-quic'],
  ['disable-sync'],
  ['dns-prefetch-disable'],
  ['no-pings'],
  ['no-service-autorun'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['proxy-server', deadEndProxy],
  ['proxy-bypass-list', '<-loopback>'],
];

const disabledFeatures = [
  'AsyncDns',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'DnsOverHttps',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PreconnectToSearch',
  'SpareRendererForSitePerProcess',
  'Translate',
  'WebBluetooth',
];

/** Takes away every socket that Chromium would open on its own account. Before the application is ready. */
export function closeChromiumSockets(commandLine: CommandLine): void {
  for (const [name, value] of switches) commandLine.appendSwitch(name, value);
  const already = commandLine.getSwitchValue('disable-features');
  commandLine.appendSwitch('disable-features', [...disabledFeatures, ...(already === '' ? [] : [already])].join(','));
}
