import type { custodyContract } from '../../../shared/contract/custody-contract';
import { present } from '../../../shared/present';
import { answerAgreement } from '../mail/custody/answer-agreement';
import { askToHold, endAgreement, forgetAgreement } from '../mail/custody/agreements';
import { pairingCode, pairWith } from '../mail/custody/pair';
import { dismissMissing, messageHistory, viewCustody } from '../mail/custody/view-custody';
import { done, type Deps, type Handlers } from './handler-kit';

type CustodyHandlers = Pick<Handlers, keyof typeof custodyContract>;

/** Who keeps mail for whom, the history of messages, and who can find an identity. */
export function custodyHandlers({ services, session, of }: Deps): CustodyHandlers {
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
    'messages.history': (o) => messageHistory(of(o), o.messageId),
    'identities.setPrivate': (o) => of(o).setPrivate(o.isPrivate),
  };
}
