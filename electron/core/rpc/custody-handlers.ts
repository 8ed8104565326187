import { present } from '../../../shared/present';
import { answerAgreement } from '../mail/custody/answer-agreement';
import { askToHold, endAgreement, forgetAgreement } from '../mail/custody/agreements';
import { pairingCode, pairWith } from '../mail/custody/pair';
import { dismissMissing, viewCustody } from '../mail/custody/view-custody';
import { done, type Deps, type Of } from './handler-kit';

/** Who keeps mail for whom. */
export function custodyHandlers({ services, session, of }: Deps): Of<'holding'> {
  return {
    'holding.view': (o) => viewCustody(of(o)),
    'holding.ask': (o) => askToHold(services, of(o), o),
    'holding.answer': (o) => answerAgreement(services, of(o), o),
    'holding.end': (o) => endAgreement(services, of(o), o.agreementId),
    'holding.forget': (o) => forgetAgreement(of(o), o.agreementId),
    'holding.dismissMissing': (o) => dismissMissing(of(o), o.contactId),
    'holding.pairingCode': (o) => pairingCode(services, of(o)),
    'holding.pair': ({ text, name, ...o }) => {
      const own = session.identities().map(({ id, address }) => ({ id, address }));
      return pairWith(services, of(o), { text, own, ...present({ name }) });
    },
    'holding.collect': (o) => (of(o).tryEverything(), done),
  };
}
