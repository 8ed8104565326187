import { PosthornError } from '../../../shared/errors';
import type { Identity } from '../../../shared/identity';
import { showIdentity } from '../../state/selection';
import type { Services } from '../../state/services';
import type { NewIdentity } from './create-identity';

export type PaperIdentity = NewIdentity & { readonly words: string };

/** The identity, or the core’s sentence of why these words make none. */
export type PaperOutcome = { readonly identity: Identity } | { readonly refusal: string };

/**
 * Makes an identity of the address that 24 words stand for, and goes to its inbox. Throws what the core threw for other
 * reasons than the words.
 */
export const restoreFromPaper = async (
  { core, mirror }: Services,
  { words, ...draft }: PaperIdentity,
): Promise<PaperOutcome> => {
  try {
    const identity = await core.call('identities.restoreFromPaper', { ...draft, label: draft.label.trim(), words });
    await mirror.identities.put(identity);
    showIdentity(identity.id);
    return { identity };
  } catch (error) {
    if (error instanceof PosthornError && error.code === 'invalid-call') return { refusal: error.message };
    throw error;
  }
};
