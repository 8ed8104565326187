import type { trustContract } from '../../../shared/contract/trust-contract';
import { present } from '../../../shared/present';
import { drawTrust } from '../mail/trust/draw-trust';
import { exportForGnupg, exportKeys, importKeys } from '../mail/trust/exchange-keys';
import { answerMove } from '../mail/trust/follow-move';
import { introduce } from '../mail/outgoing/introduce';
import { listVouchers } from '../mail/trust/list-vouchers';
import { ownCard, ownVcard } from '../mail/trust/own-card';
import { readCard } from '../mail/trust/read-card';
import {
  acceptKey,
  revokeVerification,
  setIntroducer,
  verifyCard,
  verifyFingerprint,
  type Certify,
} from '../mail/trust/verify-contact';
import type { Deps, Handlers } from './handler-kit';

type TrustHandlers = Pick<Handlers, keyof typeof trustContract>;
type AsSent = { readonly [K in keyof Certify]: Certify[K] | undefined } & Pick<Certify, 'level' | 'shared'>;

/** Contact cards, verification of contacts, introductions, and the ring of keys. */
export function trustHandlers(deps: Deps): TrustHandlers {
  return { ...cardHandlers(deps), ...wordHandlers(deps), ...ringHandlers(deps) };
}

type Cards = 'cards.own' | 'cards.vcard' | 'cards.read' | 'contacts.verifyCard';

function cardHandlers({ services, session, of }: Deps): Pick<TrustHandlers, Cards> {
  const own = () => session.identities().map(({ id, address }) => ({ id, address }));
  return {
    'cards.own': (o) => ownCard(services, of(o), o),
    'cards.vcard': (o) => ownVcard(services, of(o), o.name),
    'cards.read': async ({ text, expected, ...o }) =>
      (await readCard(services, of(o), { text, own: own(), ...present({ expected }) })).reading,
    'contacts.verifyCard': ({ text, expected, name, certify, ...o }) =>
      verifyCard(services, of(o), { text, own: own(), certify: asCertify(certify), ...present({ expected, name }) }),
  };
}

type Words =
  | 'contacts.verifyFingerprint'
  | 'contacts.revokeVerification'
  | 'contacts.setIntroducer'
  | 'contacts.acceptKey'
  | 'contacts.answerMove'
  | 'contacts.introduce'
  | 'contacts.vouchers';

function wordHandlers({ services, of }: Deps): Pick<TrustHandlers, Words> {
  return {
    'contacts.verifyFingerprint': (o) => verifyFingerprint(services, of(o), { ...o, certify: asCertify(o.certify) }),
    'contacts.revokeVerification': (o) => revokeVerification(services, of(o), o.contactId),
    'contacts.setIntroducer': (o) => setIntroducer(services, of(o), o),
    'contacts.acceptKey': (o) => acceptKey(services, of(o), o.contactId),
    'contacts.answerMove': (o) => answerMove(services, of(o), o),
    'contacts.introduce': (o) => introduce(services, of(o), o),
    'contacts.vouchers': (o) => listVouchers(services, of(o), o.contactId),
  };
}

function ringHandlers({
  services,
  of,
}: Deps): Pick<TrustHandlers, 'keys.import' | 'keys.export' | 'keys.exportForGnupg' | 'trust.graph'> {
  return {
    'keys.import': (o) => importKeys(services, of(o), o.content),
    'keys.export': ({ contactIds, withLocal, ...o }) =>
      exportKeys(services, of(o), { withLocal, ...present({ contactIds }) }),
    'keys.exportForGnupg': (o) => exportForGnupg(services, of(o)),
    'trust.graph': (o) => drawTrust(services, of(o), o.limit),
  };
}

function asCertify({ level, shared, expiresAt }: AsSent): Certify {
  return { level, shared, ...present({ expiresAt }) };
}
