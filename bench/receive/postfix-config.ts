/**
 * Postfix's settings (postconf(5)): Debian's defaults but for the place, loopback alone, and what would only slow it
 * down.
 */
export function mainCf({ folder, domain, account }: { folder: string; domain: string; account: number }): string {
  return `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = bench.invalid
mydestination =
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
smtpd_recipient_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = static:bob/
virtual_uid_maps = static:${account}
virtual_gid_maps = static:${account}
biff = no
# It would answer later when mail comes in faster than it is delivered.
in_flow_delay = 0
`;
}

/** Postfix's services (master(5)), those that this journey needs; none in a chroot. */
export function masterCf(port: number): string {
  return `127.0.0.1:${port} inet n - n - - smtpd
pickup    unix n - n 60  1 pickup
cleanup   unix n - n -   0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n -   - trivial-rewrite
bounce    unix - - n -   0 bounce
defer     unix - - n -   0 bounce
trace     unix - - n -   0 bounce
flush     unix n - n 1000? 0 flush
proxymap  unix - - n -   - proxymap
error     unix - - n -   - error
retry     unix - - n -   - error
virtual   unix - n n -   - virtual
anvil     unix - - n -   1 anvil
`;
}
