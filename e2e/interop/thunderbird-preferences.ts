import type { ProgramLogin } from '../harness/programs/let-program-in';

type Preference = string | number | boolean;

/** Nothing leaves the machine: no look-ups, no updates, and a proxy where nobody listens for whatever is left. */
const withoutNetwork: Readonly<Record<string, Preference>> = {
  'app.donation.eoy.version.viewed': 9999,
  'app.update.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.blockedURIs.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'datareporting.usage.uploadEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'mail.inappnotifications.enabled': false,
  'mailnews.start_page.enabled': false,
  'messenger.status.reportIdle': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disabled': true,
  'network.manage-offline-status': false,
  'network.proxy.socks': '127.0.0.1',
  'network.proxy.socks_port': 9,
  'network.proxy.socks_remote_dns': true,
  'network.proxy.type': 1,
  'offline.startup_state': 3,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': 'data:,',
};

/** No tours and questions of a first start; a message opens in a window of its own. */
const withoutQuestions: Readonly<Record<string, Preference>> = {
  'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
  'mail.openMessageBehavior': 0,
  'mail.provider.suppress_dialog_on_startup': true,
  'mail.rights.version': 9999,
  'mail.shell.checkDefaultClient': false,
  'mail.spotlight.firstRunDone': true,
  'mail.winsearch.firstRunDone': true,
  'mailnews.start_page_override.mstone': 'ignore',
  'marionette.port': 0,
};

/** Local folders, and one identity without a server. */
function accountOf(address: string): Readonly<Record<string, Preference>> {
  return {
    'mail.account.account1.identities': 'id1',
    'mail.account.account1.server': 'server1',
    'mail.accountmanager.accounts': 'account1',
    'mail.accountmanager.defaultaccount': 'account1',
    'mail.accountmanager.localfoldersserver': 'server1',
    'mail.identity.id1.useremail': address,
    'mail.identity.id1.valid': true,
    'mail.server.server1.hostname': 'Local Folders',
    'mail.server.server1.name': 'Local Folders',
    'mail.server.server1.type': 'none',
    'mail.server.server1.userName': 'nobody',
  };
}

/**
 * An account as its wizard makes it from what the page «Connect a mail program» says. It looks for new mail by IDLE
 * alone, and talks to loopback alone, or to an onion.
 */
function serversOf({
  user,
  imapPort,
  submissionPort,
  host = '127.0.0.1',
  socksPort,
}: ProgramLogin): Readonly<Record<string, Preference>> {
  return {
    'mail.account.account2.identities': 'id1',
    'mail.account.account2.server': 'server2',
    'mail.account.account1.identities': '',
    'mail.accountmanager.accounts': 'account1,account2',
    'mail.accountmanager.defaultaccount': 'account2',
    'mail.identity.id1.smtpServer': 'smtp1',
    'mail.identity.id1.compose_html': false,
    'mail.identity.id1.fullName': 'Bob',
    'mail.server.server2.type': 'imap',
    'mail.server.server2.hostname': host,
    'mail.server.server2.port': imapPort,
    'mail.server.server2.userName': user,
    'mail.server.server2.name': user,
    'mail.server.server2.socketType': 0,
    'mail.server.server2.authMethod': 3,
    'mail.server.server2.login_at_startup': false,
    'mail.server.server2.check_new_mail': false,
    'mail.smtpservers': 'smtp1',
    'mail.smtp.defaultserver': 'smtp1',
    'mail.smtpserver.smtp1.hostname': host,
    'mail.smtpserver.smtp1.port': submissionPort,
    'mail.smtpserver.smtp1.username': user,
    'mail.smtpserver.smtp1.try_ssl': 0,
    'mail.smtpserver.smtp1.authMethod': 3,
    'mail.compose.dontWarnMail2Newsgroup': true,
    'mail.warn_on_send_accel_key': false,
    'mail.SpellCheckBeforeSend': false,
    'mail.e2ee.auto_enable': false,
    'offline.startup_state': 2,
    ...(socksPort === undefined
      ? {}
      : {
          'network.proxy.socks_port': socksPort,
          'network.dns.disabled': false,
          'network.dns.blockDotOnion': false,
        }),
  };
}

/** The text of a profile's user.js: Thunderbird of a person with this address, off line or with this account. */
export function thunderbirdPreferences(address: string, login?: ProgramLogin): string {
  const servers = login === undefined ? {} : serversOf(login);
  return Object.entries({ ...withoutNetwork, ...withoutQuestions, ...accountOf(address), ...servers })
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}
