import type { GatewayView, ParticipantView } from '../../../shared/gateway/gateway-view';
import { timeText } from './show-lines';

const states = {
  off: 'off',
  listening: 'on',
  taken: 'on, but another program uses its port; it is tried again each minute',
} as const;

/** A gateway and whom it relays for, in lines for a person. */
export function gatewayLines({ settings, state, participants }: GatewayView): string[] {
  if (settings === undefined) return ['No gateway. posthorn gateway on --domain DOMAIN makes this identity one.'];
  const { domain, lmtpPort, mtaPort, resultsOf } = settings;
  return [
    `Gateway for ${domain}: ${states[state]}`,
    `The mail server brings mail to 127.0.0.1 port ${String(lmtpPort)} (LMTP), and takes it at port ${String(mtaPort)} (SMTP)`,
    resultsOf === undefined
      ? 'Results of SPF, DKIM and DMARC: none are believed (--results-of NAME)'
      : `Results of SPF, DKIM and DMARC: those that ${resultsOf} signs`,
    ...participants.flatMap(participantLines),
  ];
}

function participantLines(each: ParticipantView): string[] {
  const terms = each.repliesOnly ? 'replies only' : `${String(each.lettersADay)} letters a day`;
  const until = each.isEnded ? 'ended' : `until ${timeText(each.until)}`;
  const waiting = each.waiting === 0 ? '' : `, ${String(each.waiting)} letters wait`;
  return [
    `${each.participant}  ${terms}, ${until}${waiting}`,
    ...each.aliases.map(({ address, isEnded }) => `    ${address}${isEnded ? '  ended' : ''}`),
  ];
}
