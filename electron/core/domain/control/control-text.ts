import type { ControlMessage } from '../../../../shared/wire/control-message';

const texts: Record<ControlMessage['kind'], string> = {
  'hold.ask':
    'I would like to ask you to keep sealed mail for me while my computer is off. Posthorn shows what it costs and asks you.',
  'hold.answer': 'This is the answer to your question whether I keep mail for you while your computer is off.',
  'hold.end':
    'We agreed that one of us keeps mail for the other. I have ended that; what is kept is still handed over.',
  'hold.tokens': 'This tells your Posthorn which mail for me to keep.',
  'hold.expired':
    'Mail that I kept for you has run out before I could reach your computer. I cannot know who wrote it.',
  'hold.card': 'This tells your Posthorn who keeps mail for me while my computer is off.',
  missing: 'Mail from you that was kept for me has not arrived. Your Posthorn sends it again.',
  receipt: 'Your message has arrived at my computer. This does not say that I have read it.',
  read: 'I have opened your message.',
  'list.invite': 'I invite you to a mailing list. Posthorn shows which one, and asks you whether you join.',
  'list.answer': 'This answers your invitation to a mailing list.',
  'list.batch': 'This tells your Posthorn what was said on a mailing list that we are both on.',
  door: 'This tells your Posthorn how to reach me. Nobody else can.',
};

const failed = 'Your message could not be taken by my computer.';

/** The text of a control message, for people whose mail program does not know such messages. */
export function controlText(control: ControlMessage): { readonly subject: string; readonly text: string } {
  const isFailure = control.kind === 'receipt' && control.action !== 'delivered';
  return { subject: subjectOf(control.kind), text: `${isFailure ? failed : texts[control.kind]}\n` };
}

function subjectOf(kind: ControlMessage['kind']): string {
  if (kind === 'receipt') return 'Delivery report';
  return kind === 'read' ? 'Read receipt' : 'Between our mail programs';
}
