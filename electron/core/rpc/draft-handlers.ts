import { present } from '../../../shared/present';
import { attachFile, discardDraft, saveDraft } from '../mail/outgoing/write-draft';
import { done, type Deps, type Of } from './handler-kit';

/** Messages being written. */
export function draftHandlers({ services, session, of }: Deps): Of<'drafts'> {
  return {
    'drafts.save': (o) => saveDraft(services, of(o), { content: o.content, ...present({ draftId: o.draftId }) }),
    'drafts.read': (o) => of(o).drafts.get(o.draftId),
    'drafts.attach': ({ identityId, draftId, ...attachment }) =>
      attachFile(services, of({ identityId }), {
        draftId,
        attachment,
        cleansPictures: session.settings().cleanPictures,
      }),
    'drafts.detach': (o) => (of(o).drafts.detach(o), done),
    'drafts.discard': (o) => (discardDraft(of(o), o.draftId), done),
  };
}
