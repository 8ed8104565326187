import type { Contact } from '../../../../shared/contact';
import type { Voucher } from '../../../../shared/trust';
import type { NameOf } from '../../../queries/use-contacts';
import { useVouchers } from '../../../queries/use-vouchers';
import { Avatar } from '../../../ui/Avatar';
import { Badge } from '../../../ui/Badge';
import styles from '../ContactsPage.module.css';
import { shortKey, voucherLine, voucherTrouble } from './trust-lines';

export type VouchersProps = { readonly contact: Contact; readonly nameOf: NameOf };

/** Who has certified a contact's key, when and how well. */
export const Vouchers = ({ contact, nameOf }: VouchersProps) => {
  const vouchers = useVouchers(contact);
  if (vouchers === undefined || (vouchers === null && contact.fingerprint === undefined)) return null;
  return (
    <section className={styles.card} aria-label="Who vouches for them" data-testid="vouchers">
      <h3 className={styles.caption}>Who vouches for them</h3>
      {vouchers === null && <p className={styles.soft}>The certifications on their key could not be read just now.</p>}
      {vouchers?.length === 0 && (
        <p className={styles.soft}>
          Nobody but their onion. Certifications come with their mail and with imported keys.
        </p>
      )}
      {vouchers !== null && vouchers.length > 0 && (
        <ul className={styles.vouchers}>
          {vouchers.map((voucher) => (
            <VoucherLine key={`${voucher.fingerprint}-${String(voucher.at)}`} voucher={voucher} nameOf={nameOf} />
          ))}
        </ul>
      )}
    </section>
  );
};

const whoIs = ({ isOwn, address, fingerprint }: Voucher, nameOf: NameOf): string => {
  if (isOwn) return 'You';
  return address === undefined ? `Unknown key … ${shortKey(fingerprint)}` : nameOf(address);
};

const VoucherLine = ({ voucher, nameOf }: { readonly voucher: Voucher; readonly nameOf: NameOf }) => {
  const name = whoIs(voucher, nameOf);
  const trouble = voucherTrouble(voucher);
  return (
    <li className={styles.voucher} data-testid="voucher" data-state={voucher.state}>
      <Avatar
        name={voucher.address === undefined && !voucher.isOwn ? '?' : name}
        seed={voucher.address ?? voucher.fingerprint}
        size="small"
      />
      <span className={styles.voucherWords}>
        <span className={styles.voucherName} title={voucher.address}>
          {name}
        </span>
        <span className={styles.faint}>{voucherLine(voucher)}</span>
      </span>
      {trouble !== undefined && <Badge tone={voucher.state === 'revoked' ? 'danger' : 'warning'}>{trouble}</Badge>}
    </li>
  );
};
