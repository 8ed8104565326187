export type PostfixFacts = { readonly domain: string; readonly lmtpPort: number; readonly mtaPort: number };

/**
 * What a Postfix 3.5 or newer needs to be the mail server beside a gateway: lines for `main.cf` and `master.cf`. Mail
 * for an alias that is none is refused while its sender is still there, so that no bounce goes to a forged address.
 */
export function postfixConfig(o: PostfixFacts): string {
  return `# Add to main.cf. ${o.domain} must belong to no other list of domains (mydestination, virtual_mailbox_domains).
relay_domains = ${o.domain}
relay_recipient_maps =
transport_maps = inline:{ { ${o.domain} = posthorn:[127.0.0.1]:${String(o.lmtpPort)} } }
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_recipient_restrictions = reject_non_fqdn_recipient, permit_mynetworks, reject_unauth_destination, reject_unverified_recipient
unverified_recipient_reject_code = 550
unverified_recipient_defer_code = 450
# An alias that was ended is refused an hour later at the latest.
address_verify_positive_expire_time = 1h
address_verify_positive_refresh_time = 10m
address_verify_negative_expire_time = 10m
address_verify_negative_refresh_time = 1m
# What is no longer fits into one letter whatever it is made of, so that nothing is refused after it was taken.
message_size_limit = 25000000
disable_vrfy_command = yes
strict_rfc821_envelopes = yes
smtpd_data_restrictions = reject_unauth_pipelining
smtpd_forbid_bare_newline = yes
allow_percent_hack = yes
swap_bangpath = yes
# Fields by which somebody could pretend that this machine has checked a message.
header_checks = regexp:{ {/^Authentication-Results:/ IGNORE} {/^Received-SPF:/ IGNORE} }

# Add to master.cf. The first hands incoming mail to Posthorn; the others take what Posthorn sends, from this machine
# alone, and take off the trace of this machine's clock and programs.
posthorn   unix  -       -       n       -       4       lmtp
    -o syslog_name=postfix/posthorn
127.0.0.1:${String(o.mtaPort)} inet n - n - - smtpd
    -o syslog_name=postfix/from-posthorn
    -o cleanup_service_name=posthorn-out
    -o mynetworks=127.0.0.0/8
    -o smtpd_client_restrictions=permit_mynetworks,reject
    -o { smtpd_sender_restrictions = check_sender_access inline:{ { ${o.domain} = OK } }, reject }
    -o smtpd_recipient_restrictions=permit_mynetworks,reject
    -o smtpd_relay_restrictions=permit_mynetworks,reject
posthorn-out unix n      -       n       -       0       cleanup
    -o syslog_name=postfix/from-posthorn
    -o { header_checks = regexp:{ {/^Received:/ IGNORE} } }
`;
}
