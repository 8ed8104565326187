import type { gatewayContract } from '../../../../shared/contract/gateway-contract';
import type { HandlersOf } from '../../../../shared/contract/rpc-kit';
import type { IdentityId } from '../../../../shared/ids';
import { present } from '../../../../shared/present';
import { addAlias, allowParticipant, endAlias, endParticipant } from '../../mail/gateway/manage-participants';
import { postfixConfigOf } from '../../mail/gateway/postfix-config-of';
import { viewGateway } from '../../mail/gateway/view-gateway';
import type { Services } from '../../mail/mailbox';
import type { OpenIdentity } from '../../mail/profile/open-identity';

type Needs = {
  readonly services: Services;
  readonly of: (o: { identityId: IdentityId }) => OpenIdentity;
};

/** Gateways to ordinary e-mail. */
export function gatewayHandlers({ services, of }: Needs): HandlersOf<typeof gatewayContract> {
  const view = (opened: OpenIdentity) => viewGateway(opened, opened.gateway.state());
  return {
    'gateway.view': (o) => view(of(o)),
    'gateway.set': async ({ settings: { resultsOf, ...settings }, ...o }) => {
      await of(o).gateway.set({ ...settings, ...present({ resultsOf }) });
      return view(of(o));
    },
    'gateway.allow': async ({ identityId, ...terms }) => {
      await allowParticipant(services, of({ identityId }), terms);
      return view(of({ identityId }));
    },
    'gateway.end': async (o) => {
      await endParticipant(services, of(o), o.participant);
      return view(of(o));
    },
    'gateway.addAlias': async (o) => {
      await addAlias(services, of(o), o.participant);
      return view(of(o));
    },
    'gateway.endAlias': async (o) => {
      await endAlias(services, of(o), o.alias);
      return view(of(o));
    },
    'gateway.postfixConfig': (o) => ({ text: postfixConfigOf(of(o)) }),
  };
}
