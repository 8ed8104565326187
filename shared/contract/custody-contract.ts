import { z } from 'zod';
import { CustodyOverview, HoldTerms, MailClient, MailHolder } from '../custody';
import { AgreementId, ContactId, IdentityId } from '../ids';
import { method } from './rpc-kit';

const ofIdentity = z.strictObject({ identityId: IdentityId });

/** Who keeps mail for whom. Part of `coreContract`. */
export const custodyContract = {
  'holding.view': method(ofIdentity, CustodyOverview),
  /** Asks a contact to keep mail. Throws `hold-refused` for one who is neither verified nor introduced. */
  'holding.ask': method(ofIdentity.extend({ contactId: ContactId, terms: HoldTerms }), MailHolder),
  /** Agrees to keep mail for somebody who asked, or does not. Throws `hold-refused` when nothing is asked any more. */
  'holding.answer': method(ofIdentity.extend({ agreementId: AgreementId, accept: z.boolean() }), MailClient),
  /** Withdraws from an agreement of either role; held mail is still handed over. */
  'holding.end': method(ofIdentity.extend({ agreementId: AgreementId }), CustodyOverview),
  /** Takes a refused or ended agreement off the list. */
  'holding.forget': method(ofIdentity.extend({ agreementId: AgreementId }), CustodyOverview),
  /** The person knows that mail of this contact is missing. */
  'holding.dismissMissing': method(ofIdentity.extend({ contactId: ContactId }), CustodyOverview),
  /**
   * A text to paste on another machine of the same person: this one holds mail for the machine that sends its code,
   * without asking the user.
   */
  'holding.pairingCode': method(ofIdentity, z.strictObject({ text: z.string().max(1_000) })),
  /** Verifies the machine behind a pairing code and asks it to hold, in one step. Throws `card-refused`. */
  'holding.pair': method(
    ofIdentity.extend({ text: z.string().max(10_000), name: z.string().max(100).optional() }),
    MailHolder,
  ),
  /** Asks the holders to hand over now the mail that they keep for this identity. */
  'holding.collect': method(ofIdentity, z.strictObject({})),
} as const;
