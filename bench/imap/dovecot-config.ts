/** Dovecot's settings: its own defaults but for the place, loopback alone, and one user without a system account. */
export function dovecotConf(o: {
  readonly folder: string;
  readonly port: number;
  readonly account: number;
  readonly user: string;
  readonly password: string;
}): string {
  const { folder, port, account, password } = o;
  return `base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${account} gid=${account} home=${folder}/home
}
namespace inbox {
  inbox = yes
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
# More than anybody opens at once here.
mail_max_userip_connections = 100
`;
}
